package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * The Java and the properties of the pages for users are pieces of tests, which are compiled and
 * run; and every artifact the pages name is built here.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern FENCE =
            Pattern.compile(
                    "^```(java|properties)\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OWN_ARTIFACT =
            Pattern.compile("<artifactId>(jdbc-pglite[a-z0-9-]*)</artifactId>");
    private static final List<String> SOURCES =
            Stream.of("integrations", "examples", "driver/src/test", "conformance-tests/src/test")
                    .flatMap(DocumentationTest::sourcesUnder)
                    .toList();

    @ParameterizedTest
    @MethodSource("pages")
    void piecesAreThoseOfTests(Path page) throws IOException {
        String text = Files.readString(page);
        List<String> unknown = new ArrayList<>();
        Matcher pieces = FENCE.matcher(text);
        while (pieces.find()) {
            String piece = withoutSpace(pieces.group(2));
            if (isProgram(pieces.group(2))) {
                continue;
            }
            if (SOURCES.stream().noneMatch(source -> source.contains(piece))) {
                unknown.add(pieces.group(2));
            }
        }
        assertThat(unknown).as("pieces of %s that no test has", page).isEmpty();
    }

    /** Whole files, which begin with a package or an import, are run by the module guide. */
    private static boolean isProgram(String piece) {
        return piece.startsWith("import ") || piece.startsWith("package ");
    }

    @Test
    void artifactsExist() throws IOException {
        List<String> poms = poms();
        for (Path page : pages()) {
            Matcher artifacts = OWN_ARTIFACT.matcher(Files.readString(page));
            while (artifacts.find()) {
                String module = "<artifactId>" + artifacts.group(1) + "</artifactId>";
                assertThat(poms)
                        .as("%s in %s", artifacts.group(1), page)
                        .anyMatch(
                                pom ->
                                        pom.replaceAll("(?s)<parent>.*?</parent>", "")
                                                .contains(module));
            }
        }
    }

    /** Returns all pages for users. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> poms() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            List<String> poms = new ArrayList<>();
            for (Path file : files.filter(path -> path.endsWith("pom.xml")).toList()) {
                poms.add(Files.readString(file));
            }
            return poms;
        }
    }

    private static Stream<String> sourcesUnder(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files
                    .filter(DocumentationTest::isSource)
                    .map(DocumentationTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSource(Path file) {
        String name = file.toString();
        return (name.endsWith(".java") || name.endsWith(".properties"))
                && name.contains("src")
                && !name.contains("target");
    }

    private static String read(Path file) {
        try {
            return withoutSpace(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
