package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.Answer;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes down what calls gave. Not thread-safe. */
final class Recorder {
    private final List<String> lines = new ArrayList<>();
    private int calls;

    /** A call that gives something. */
    @FunctionalInterface
    interface Call {
        @Nullable Object make() throws Exception;
    }

    /** A call that gives nothing. */
    @FunctionalInterface
    interface Action {
        void make() throws Exception;
    }

    /** Makes a call and takes down its value or its exception. */
    void call(String name, Call call) {
        calls++;
        try {
            lines.add(name + " = " + Describe.value(call.make()));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            lines.add(name + " ! " + Describe.error(cause == null ? e : cause));
        } catch (Exception e) { // any exception of the called method is what is compared
            lines.add(name + " ! " + Describe.error(e));
        }
    }

    /** Makes a call and takes down that it returned, or its exception. */
    void run(String name, Action action) {
        call(
                name,
                () -> {
                    action.make();
                    return "done";
                });
    }

    /** Takes down a line. */
    void line(String line) {
        lines.add(line);
    }

    /** Returns the number of calls made. */
    int calls() {
        return calls;
    }

    /** Returns what was taken down. */
    Answer answer() {
        return new Answer(lines);
    }
}
