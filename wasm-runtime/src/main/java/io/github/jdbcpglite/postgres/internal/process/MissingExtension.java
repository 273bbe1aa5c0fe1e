package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets PostgreSQL's error for an extension that is not installed say which jar has it.
 *
 * <p>CREATE EXTENSION looks for a control file, and if there is none fails with a constant hint.
 * When a look-up fails, the host writes a hint of its own in place of that constant, in the memory
 * of the process that asks; the message, its SQLSTATE and all else stay PostgreSQL's. One object
 * serves the processes of a cluster, which hold the giant lock when they call it.
 */
final class MissingExtension {
    static final String STAT = "__syscall_stat64";

    private static final Pattern CONTROL_FILE =
            Pattern.compile(".*/extension/([^/]+)\\.control", Pattern.DOTALL);

    /** The hint of {@code find_extension_control_filename}'s caller in extension.c. */
    private static final String ORIGINAL =
            "The extension must first be installed on the system where PostgreSQL is running.";

    private static final int NOT_SEARCHED = -1;
    private static final int ABSENT = 0;

    private final UnaryOperator<@Nullable String> hints;

    /** The main module's constants lie below this address, a variable's. */
    private final int endOfConstants;

    private int addressOfHint = NOT_SEARCHED;

    MissingExtension(UnaryOperator<@Nullable String> hints, PgBinary binary) {
        this.hints = hints;
        this.endOfConstants = binary.myWaitEventInfo;
    }

    /** Wraps the host function behind {@code stat}. */
    HostFunction watch(HostFunction stat) {
        return (caller, args) -> {
            long result = stat.call(caller, args);
            if (result == -Errno.ENOENT.number()) {
                Matcher control = CONTROL_FILE.matcher(caller.memory().getString((int) args[0]));
                if (control.matches()) {
                    setHint(hints.apply(control.group(1)), caller.memory());
                }
            }
            return result;
        };
    }

    private void setHint(@Nullable String wanted, LinearMemory memory) {
        if (addressOfHint == NOT_SEARCHED) {
            addressOfHint = find(memory);
        }
        if (addressOfHint == ABSENT) {
            return;
        }
        byte[] hint = (wanted == null ? ORIGINAL : wanted).getBytes(StandardCharsets.UTF_8);
        if (hint.length > ORIGINAL.length()) {
            throw new IllegalArgumentException(
                    "a hint may have " + ORIGINAL.length() + " bytes: " + wanted);
        }
        // The hint is a format, and what is left of the original is zeros.
        memory.put(addressOfHint, Arrays.copyOf(hint, ORIGINAL.length()));
    }

    private int find(LinearMemory memory) {
        byte[] constants = memory.getBytes(0, endOfConstants);
        String text = new String(constants, StandardCharsets.ISO_8859_1);
        return Math.max(ABSENT, text.indexOf(ORIGINAL + "\0"));
    }
}
