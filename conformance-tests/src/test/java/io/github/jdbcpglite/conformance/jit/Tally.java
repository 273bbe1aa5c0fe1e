package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.report.Difference;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a stressed JVM counts and prints: each wrong answer, and at the end how many of all. */
final class Tally {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final Pattern LAST_LINE =
            Pattern.compile("^(\\d+) answers, (\\d+) of them wrong$", Pattern.MULTILINE);

    private int answers;
    private int differences;

    /** Counts an answer, and prints it if it is wrong. */
    void compare(String where, String sql, Answer right, Answer given) {
        answers++;
        if (!right.equals(given)) {
            differences++;
            OUT.println(new Difference(where, sql, right, given, null).toText());
        }
    }

    /** Prints the last line. */
    void print() {
        OUT.println(answers + " answers, " + differences + " of them wrong");
    }

    /** Returns what a JVM's output ends with, or null if the JVM did not come to its end. */
    static @Nullable Result read(String output) {
        Matcher last = LAST_LINE.matcher(output);
        return last.find()
                ? new Result(last.group(), Integer.parseInt(last.group(1)), last.group(2))
                : null;
    }

    /** The last line, and what it says. */
    record Result(String line, int answers, String wrong) {}
}
