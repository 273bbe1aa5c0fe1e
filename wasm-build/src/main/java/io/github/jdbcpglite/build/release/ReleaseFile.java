package io.github.jdbcpglite.build.release;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Reads and writes release files, which {@link Properties} can read too. Names are written in
 * alphabetical order, so that the same facts give the same file.
 */
public final class ReleaseFile {
    private static final String NPM_NAME = "npm.name";
    private static final String NPM_VERSION = "npm.version";
    private static final String NPM_SHA256 = "npm.sha256";
    private static final String WASM_SHA256 = "wasm.sha256";
    private static final String ADDRESS = "address.";
    private static final String OFFSET = "offset.";
    private static final String PLACES = "places.";
    private static final String FUNCTION = "function.";
    private static final String INDEX = ".index";
    private static final String TYPE = ".type";
    private static final String CRC32 = ".crc32";
    private static final String SHAPE = ".shape";
    private static final int HEX = 16;

    private static final String HEAD =
            """
            # Facts that belong to one release of PGlite. Written by the command of which
            # docs/UPGRADING-PGLITE.md tells, never by hand.
            #
            # npm.*, wasm.sha256    the npm package, its packed archive, the pglite.wasm in it
            # address.NAME          where the variable of that name in the C source lies in memory
            # offset.STRUCT.FIELD   where a field lies in a structure; the field "bytes" is its size
            # places.STRUCT.FIELD   FUNCTION:INSTRUCTION whose immediate is that offset, or after
            #                       2^ its logarithm; without places no code tells the offset
            # function.NAME.index   the function of that name in the C source
            # function.NAME.type    its parameters and results
            # function.NAME.crc32   CRC-32 of its encoded instructions
            # function.NAME.shape   a checksum of them without indexes and addresses
            #
            # Numbers that PostgreSQL's source fixes (magic numbers, enums) are not here.
            """;

    private ReleaseFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if something is missing or malformed; the message names it
     * @throws IOException if the file cannot be read
     */
    public static PgliteRelease read(Reader in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        Map<String, Integer> addresses = new LinkedHashMap<>();
        Map<String, StructOffset> offsets = new LinkedHashMap<>();
        Map<String, ReleaseFunction> functions = new LinkedHashMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            try {
                if (key.startsWith(ADDRESS)) {
                    addresses.put(key.substring(ADDRESS.length()), number(properties, key));
                } else if (key.startsWith(OFFSET)) {
                    offsets.put(key.substring(OFFSET.length()), offset(properties, key));
                } else if (key.startsWith(FUNCTION) && key.endsWith(INDEX)) {
                    String name = key.substring(FUNCTION.length(), key.length() - INDEX.length());
                    functions.put(name, function(properties, FUNCTION + name));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        }
        return new PgliteRelease(
                text(properties, NPM_NAME),
                text(properties, NPM_VERSION),
                text(properties, NPM_SHA256),
                text(properties, WASM_SHA256),
                addresses,
                offsets,
                functions);
    }

    private static StructOffset offset(Properties properties, String key) {
        String places = properties.getProperty(PLACES + key.substring(OFFSET.length()), "").strip();
        return new StructOffset(
                number(properties, key),
                places.isEmpty()
                        ? List.of()
                        : Arrays.stream(places.split(" ")).map(Place::parse).toList());
    }

    private static ReleaseFunction function(Properties properties, String prefix) {
        return new ReleaseFunction(
                number(properties, prefix + INDEX),
                type(text(properties, prefix + TYPE)),
                Long.parseLong(text(properties, prefix + CRC32), HEX),
                properties.getProperty(prefix + SHAPE, ""));
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(text(properties, key));
    }

    private static String text(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static FuncType type(String text) {
        int arrow = text.indexOf("->");
        if (arrow < 0) {
            throw new IllegalArgumentException("not PARAMETERS -> RESULTS: " + text);
        }
        return new FuncType(types(text.substring(0, arrow)), types(text.substring(arrow + 2)));
    }

    private static List<ValType> types(String text) {
        return Arrays.stream(text.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> ValType.valueOf(each.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static String text(List<ValType> types) {
        return types.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** Writes a file. The same facts give the same text, whatever the order of the maps. */
    public static String write(PgliteRelease release) {
        StringBuilder out = new StringBuilder(HEAD).append('\n');
        line(out, NPM_NAME, release.npmName());
        line(out, NPM_VERSION, release.npmVersion());
        line(out, NPM_SHA256, release.npmSha256());
        line(out, WASM_SHA256, release.wasmSha256());
        out.append('\n');
        sorted(release.addresses(), (name, address) -> line(out, ADDRESS + name, address));
        out.append('\n');
        sorted(release.offsets(), (name, offset) -> writeOffset(out, name, offset));
        out.append('\n');
        sorted(release.functions(), (name, function) -> writeFunction(out, name, function));
        return out.toString();
    }

    private static <T> void sorted(Map<String, T> facts, BiConsumer<String, T> writer) {
        for (String name : new TreeSet<>(facts.keySet())) {
            T fact = facts.get(name);
            if (fact != null) {
                writer.accept(name, fact);
            }
        }
    }

    private static void writeOffset(StringBuilder out, String name, StructOffset offset) {
        line(out, OFFSET + name, offset.bytes());
        if (!offset.places().isEmpty()) {
            line(
                    out,
                    PLACES + name,
                    offset.places().stream().map(Place::toString).collect(Collectors.joining(" ")));
        }
    }

    private static void writeFunction(StringBuilder out, String name, ReleaseFunction function) {
        String prefix = FUNCTION + name;
        line(out, prefix + INDEX, function.index());
        line(
                out,
                prefix + TYPE,
                (text(function.type().params()) + " -> " + text(function.type().results()))
                        .strip());
        line(out, prefix + CRC32, String.format(Locale.ROOT, "%08X", function.crc32()));
        line(out, prefix + SHAPE, function.shape());
    }

    private static void line(StringBuilder out, String key, Object value) {
        out.append(key).append('=').append(value).append('\n');
    }
}
