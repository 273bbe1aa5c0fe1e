package io.github.jdbcpglite.cli.shell;

import org.jspecify.annotations.Nullable;

/** What a user sets about input and output; each field as its command in {@code \?} says. */
final class Settings {
    /** Whether rows are shown as one column of names and one of values. */
    enum Expanded {
        off,
        on,
        /** If they are wider than the terminal. */
        auto
    }

    RowFormat format = RowFormat.aligned;
    Expanded expanded = Expanded.off;
    String nullText = "";
    boolean timing;
    boolean tuplesOnly;
    boolean tags;
    boolean stopOnError = true;
    @Nullable SqlFailure lastError;
}
