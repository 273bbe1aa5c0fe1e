package io.github.jdbcpglite.cli;

/** What is known of standard input and output without asking the system. Stateless. */
final class StandardStreams {
    private StandardStreams() {}

    /** Returns false if one of them is certainly no terminal; JLine has the last word. */
    // Main chooses the console that is null without a terminal in later JDKs too.
    @SuppressWarnings("SystemConsoleNull")
    static boolean mayBeTerminal() {
        return System.console() != null;
    }
}
