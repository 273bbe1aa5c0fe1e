package io.github.jdbcpglite.build.extension;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an extension's control file says that a bundle's list repeats.
 *
 * @param extension the extension's name
 * @param version the version that CREATE EXTENSION makes
 * @param requires the extensions it needs
 * @see <a href="https://www.postgresql.org/docs/18/extend-extensions.html">Control files</a>
 */
record ControlFile(String extension, String version, List<String> requires) {
    private static final Pattern SETTING =
            Pattern.compile("(?m)^\\s*(\\w+)\\s*=?\\s*(?:'([^']*)'|([^\\s#']+))");

    /**
     * Reads a control file.
     *
     * @param extension the file's name without its suffix
     * @throws PipelineException if it names no version
     */
    static ControlFile parse(String extension, String text) {
        String version = "";
        List<String> requires = List.of();
        for (Matcher match = SETTING.matcher(text); match.find(); ) {
            String value = match.group(2) != null ? match.group(2) : match.group(3);
            switch (match.group(1)) {
                case "default_version" -> version = value;
                case "requires" -> requires = List.of(value.strip().split("\\s*,\\s*", -1));
                default -> {}
            }
        }
        if (version.isEmpty()) {
            throw new PipelineException("the control file of " + extension + " has no version");
        }
        return new ControlFile(extension, version, requires);
    }
}
