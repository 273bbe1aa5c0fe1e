import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Adds what is compiled into our jars to a list of contents that the CycloneDX plugin has written:
 * {@code java Contents.java LIST.json contents.txt}. The jar that the list is about gets its own
 * contents, and so does each jar of ours that it depends on. Without such a jar, or if the file has
 * them already, nothing changes.
 */
public final class Contents {
    private static final String GROUP = "pkg:maven/io.github.jdbcpglite/";

    private Contents() {}

    public static void main(String[] args) throws IOException {
        Path list = Path.of(args[0]);
        if (!Files.exists(list)) {
            return; // a module that is not published has none
        }
        String json = Files.readString(list);
        List<String> components = new ArrayList<>();
        for (Map.Entry<String, List<Part>> jar : parts(Path.of(args[1])).entrySet()) {
            String id = Pattern.quote(GROUP + jar.getKey()) + "@[^\"]*";
            Matcher known = Pattern.compile("\"ref\" : \"(" + id + ")\"").matcher(json);
            if (!known.find() || json.contains("\"bom-ref\" : \"" + jar.getKey() + "/")) {
                continue;
            }
            json = withDependencies(json, known.group(1), jar.getValue());
            jar.getValue().forEach(part -> components.add(part.json()));
        }
        if (!components.isEmpty()) {
            Files.writeString(list, withComponents(json, components));
        }
    }

    /** Something that is compiled into a jar. */
    private record Part(
            String jar, String name, String version, String licence, String purl, String note) {
        String ref() {
            return jar + "/" + name.replace(' ', '-');
        }

        String json() {
            String licences =
                    licence.contains(" ")
                            ? "{ \"expression\" : \"" + licence + "\" }"
                            : licence.startsWith("LicenseRef-")
                                    ? "{ \"license\" : { \"name\" : \""
                                            + licence.substring("LicenseRef-".length())
                                            + "\" } }"
                                    : "{ \"license\" : { \"id\" : \"" + licence + "\" } }";
            return "    {\n      \"type\" : \"library\",\n      \"bom-ref\" : \""
                    + ref()
                    + "\",\n      \"name\" : \""
                    + name
                    + "\",\n"
                    + (version.isEmpty() ? "" : "      \"version\" : \"" + version + "\",\n")
                    + "      \"description\" : \"Compiled into "
                    + jar
                    + ". Version: "
                    + note
                    + "\",\n      \"licenses\" : [ "
                    + licences
                    + " ],\n      \"purl\" : \""
                    + purl
                    + "\"\n    }";
        }
    }

    private static Map<String, List<Part>> parts(Path table) throws IOException {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(table)) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] field = line.split("\\|", -1);
            if (field.length != 6) {
                throw new IOException("not six fields: " + line);
            }
            Part part =
                    new Part(
                            field[0].strip(),
                            field[1].strip(),
                            field[2].strip(),
                            field[3].strip(),
                            field[4].strip(),
                            field[5].strip());
            parts.computeIfAbsent(part.jar(), jar -> new ArrayList<>()).add(part);
        }
        return parts;
    }

    /** Says in the list of dependencies that a jar depends on its parts. */
    private static String withDependencies(String json, String ref, List<Part> parts)
            throws IOException {
        String added =
                parts.stream()
                        .map(part -> "        \"" + part.ref() + "\"")
                        .collect(Collectors.joining(",\n"));
        Matcher place =
                Pattern.compile(
                                "(\"ref\" : \""
                                        + Pattern.quote(ref)
                                        + "\",\\s*\"dependsOn\" : \\[)(\\s*)(\\]|\")")
                        .matcher(json);
        if (!place.find()) {
            throw new IOException("no dependencies of " + ref);
        }
        String after = place.group(3).equals("]") ? "\n      ]" : ",\n        \"";
        return json.substring(0, place.start())
                + place.group(1)
                + "\n"
                + added
                + after
                + json.substring(place.end());
    }

    private static String withComponents(String json, List<String> components) throws IOException {
        Matcher place = Pattern.compile("\n  \"components\" : \\[(\\s*)(\\]|\\{)").matcher(json);
        if (!place.find()) {
            throw new IOException("no components in the list");
        }
        String after = place.group(2).equals("]") ? "\n  ]" : ",\n    {";
        return json.substring(0, place.start())
                + "\n  \"components\" : [\n"
                + String.join(",\n", components)
                + after
                + json.substring(place.end());
    }
}
