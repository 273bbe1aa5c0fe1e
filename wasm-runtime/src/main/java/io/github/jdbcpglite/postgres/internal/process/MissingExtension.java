package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets PostgreSQL's messages about what is not installed say which jar has it: the error for an
 * extension, and the warning for the language of an ICU locale.
 *
 * <p>CREATE EXTENSION looks for a control file, and if there is none fails with a constant hint;
 * ICU looks for its list of languages, and without it knows none. When a look-up fails, the host
 * writes a hint of its own in place of that constant, in the memory of the process that asks; the
 * message, its SQLSTATE and all else stay PostgreSQL's. One object serves the processes of a
 * cluster, which hold the giant lock when they call it.
 */
final class MissingExtension {
    static final String STAT = "__syscall_stat64";

    private static final Pattern CONTROL_FILE =
            Pattern.compile(".*/extension/([^/]+)\\.control", Pattern.DOTALL);
    private static final Pattern LANGUAGES =
            Pattern.compile("/pglite/(icu)/[^/]+/res_index\\.res", Pattern.DOTALL);

    private static final int NOT_SEARCHED = -1;
    private static final int ABSENT = 0;

    private final UnaryOperator<@Nullable String> hints;

    /** The main module's constants lie below this address, a variable's. */
    private final int endOfConstants;

    private final List<Place> places =
            List.of(
                    // Of find_extension_control_filename's caller in extension.c.
                    new Place(
                            CONTROL_FILE,
                            "The extension must first be installed on the system where PostgreSQL"
                                    + " is running."),
                    // Of icu_validate_locale in pg_locale.c.
                    new Place(
                            LANGUAGES,
                            "To disable ICU locale validation, set the parameter \"%s\" to"
                                    + " \"%s\"."));

    MissingExtension(UnaryOperator<@Nullable String> hints, PgBinary binary) {
        this.hints = hints;
        this.endOfConstants = binary.myWaitEventInfo;
    }

    /** A hint of PostgreSQL's that is replaced when a file is not there. */
    private final class Place {
        private final Pattern file;
        private final String original;
        private int address = NOT_SEARCHED;

        Place(Pattern file, String original) {
            this.file = file;
            this.original = original;
        }

        void setHint(@Nullable String wanted, LinearMemory memory) {
            if (address == NOT_SEARCHED) {
                address = find(memory);
            }
            if (address == ABSENT) {
                return;
            }
            byte[] hint = (wanted == null ? original : wanted).getBytes(StandardCharsets.UTF_8);
            if (hint.length > original.length()) {
                throw new IllegalArgumentException(
                        "a hint may have " + original.length() + " bytes: " + wanted);
            }
            // The hint is a format, and what is left of the original is zeros.
            memory.put(address, Arrays.copyOf(hint, original.length()));
        }

        private int find(LinearMemory memory) {
            byte[] constants = memory.getBytes(0, endOfConstants);
            String text = new String(constants, StandardCharsets.ISO_8859_1);
            return Math.max(ABSENT, text.indexOf(original + "\0"));
        }
    }

    /** Wraps the host function behind {@code stat}. */
    HostFunction watch(HostFunction stat) {
        return (caller, args) -> {
            long result = stat.call(caller, args);
            if (result == -Errno.ENOENT.number()) {
                String path = caller.memory().getString((int) args[0]);
                for (Place place : places) {
                    Matcher name = place.file.matcher(path);
                    if (name.matches()) {
                        place.setHint(hints.apply(name.group(1)), caller.memory());
                    }
                }
            }
            return result;
        };
    }
}
