package io.github.jdbcpglite.build.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link BundleSpec} is the list of bundles; whatever else has to know one is told here what it
 * lacks. The names of what a bundle holds are compared by {@code ExtensionNamesTest} in
 * conformance-tests, which has the jars.
 */
final class BundlePlacesTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path EXTENSIONS = PROJECT.resolve("extensions");
    private static final Pattern PROPERTY =
            Pattern.compile("<extension\\.(\\w+)>([^<]*)</extension\\.\\1>");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");

    private static List<BundleSpec> all() {
        return BundleSpec.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachBundleIsWhereItHasToBe(BundleSpec spec) throws IOException {
        List<String> missing = new ArrayList<>();
        Path module = EXTENSIONS.resolve(module(spec));
        Path sources =
                module.resolve("src/main/java/io/github/jdbcpglite/extensions/" + spec.name());
        String provider = property(module.resolve("pom.xml"), "provider");
        require(
                missing,
                property(module.resolve("pom.xml"), "bundle").equals(spec.name()),
                module + "/pom.xml: <extension.bundle>" + spec.name() + "</extension.bundle>");
        require(
                missing,
                property(module.resolve("pom.xml"), "skip").equals("false"),
                module + "/pom.xml: <extension.skip>false</extension.skip>");
        require(
                missing,
                !provider.isEmpty() && Files.exists(sources.resolve(provider + ".java")),
                sources
                        + ": a class that implements ExtensionProvider, which "
                        + module
                        + "/pom.xml names in <extension.provider>");
        require(
                missing,
                text(module.resolve("pom.xml")).contains(artifactElement(spec)),
                module + "/pom.xml: " + artifactElement(spec));
        require(
                missing,
                modules().contains(module(spec)),
                EXTENSIONS + "/pom.xml: <module>" + module(spec) + "</module>");
        for (String pom : List.of("pom.xml", "conformance-tests/pom.xml")) {
            require(
                    missing,
                    text(PROJECT.resolve(pom)).contains(artifactElement(spec)),
                    pom + ": a dependency with " + artifactElement(spec));
        }
        assertThat(missing).as("what the bundle %s lacks", spec.name()).isEmpty();
    }

    @Test
    void eachModuleIsABundle() throws IOException {
        try (Stream<Path> folders = Files.list(EXTENSIONS)) {
            List<String> found =
                    folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                            .map(folder -> folder.getFileName().toString())
                            .toList();
            assertThat(found)
                    .as("folders of extensions with an entry of BundleSpec")
                    .containsExactlyInAnyOrderElementsOf(
                            all().stream().map(BundlePlacesTest::module).toList());
        }
        assertThat(modules())
                .as("modules of extensions/pom.xml")
                .containsExactlyInAnyOrderElementsOf(
                        all().stream().map(BundlePlacesTest::module).toList());
    }

    /** Returns the folder of a bundle's module. */
    private static String module(BundleSpec spec) {
        return spec.name().replace('_', '-');
    }

    private static String artifactElement(BundleSpec spec) {
        String artifact = spec.artifact().substring(spec.artifact().indexOf(':') + 1);
        return "<artifactId>" + artifact + "</artifactId>";
    }

    private static List<String> modules() throws IOException {
        return MODULE.matcher(text(EXTENSIONS.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String property(Path pom, String name) throws IOException {
        Matcher properties = PROPERTY.matcher(text(pom));
        while (properties.find()) {
            if (properties.group(1).equals(name)) {
                return properties.group(2);
            }
        }
        return "";
    }

    private static void require(List<String> missing, boolean isThere, String what) {
        if (!isThere) {
            missing.add(what);
        }
    }

    /** Returns the text of a file, or nothing if there is none. */
    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
