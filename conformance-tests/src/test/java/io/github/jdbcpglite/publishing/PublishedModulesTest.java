package io.github.jdbcpglite.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each jar that is published is in the BOM, and the pages name no other. */
final class PublishedModulesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pom BOM = Pom.read(ROOT.resolve("bom/pom.xml"));

    /** A dependency of ours in a page, up to the tag behind its name. */
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<groupId>io\\.github\\.jdbcpglite</groupId>\\s*"
                            + "<artifactId>([^<]*)</artifactId>\\s*<(/?\\w+)>");

    @Test
    void theBomHasEveryPublishedJarAndNothingElse() throws IOException {
        List<String> published =
                Pom.all().stream()
                        .filter(pom -> pom.isJar() && !pom.isInternal())
                        .map(Pom::artifactId)
                        .toList();
        assertThat(published).contains("jdbc-pglite", "jdbc-pglite-image");
        assertThat(managed()).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void theBomManagesNothingThatIsNotOurs() {
        assertThat(BOM.elements("parent")).isEmpty();
        assertThat(BOM.elements("dependencyManagement", "dependencies", "dependency"))
                .allSatisfy(
                        dependency ->
                                assertThat(
                                                dependency
                                                        .getElementsByTagName("groupId")
                                                        .item(0)
                                                        .getTextContent())
                                        .isEqualTo("io.github.jdbcpglite"));
    }

    @Test
    void whatIsInternalIsListedHere() throws IOException {
        assertThat(Pom.all().stream().filter(Pom::isInternal).map(Pom::artifactId))
                .containsExactlyInAnyOrder(
                        "jdbc-pglite-benchmarks",
                        "jdbc-pglite-conformance-tests",
                        "jdbc-pglite-examples-spring-boot-3",
                        "jdbc-pglite-examples-spring-boot-4",
                        "jdbc-pglite-frameworks-tests",
                        "jdbc-pglite-guide-tests",
                        "jdbc-pglite-junit-6-tests",
                        "jdbc-pglite-quarkus-tests",
                        "jdbc-pglite-quickstart",
                        "jdbc-pglite-wasm-build");
    }

    @Test
    void whatIsPublishedSaysWhatItIs() throws IOException {
        assertThat(Pom.all())
                .filteredOn(pom -> !pom.isInternal())
                .allSatisfy(
                        pom -> {
                            assertThat(pom.text("name")).as("name in %s", pom.file()).isNotEmpty();
                            assertThat(pom.text("description"))
                                    .as("description in %s", pom.file())
                                    .isNotEmpty();
                        });
    }

    @Test
    void thePagesNameWhatTheBomHasAndLeaveTheVersionToIt() throws IOException {
        List<String> managed = managed();
        int named = 0;
        for (Path page : pages()) {
            Matcher dependencies = DEPENDENCY.matcher(Files.readString(page));
            while (dependencies.find()) {
                named++;
                if (dependencies.group(1).equals(BOM.artifactId())) {
                    continue;
                }
                assertThat(managed).as("what %s names", page).contains(dependencies.group(1));
                assertThat(dependencies.group(2))
                        .as("what follows %s in %s", dependencies.group(1), page)
                        .isNotEqualTo("version");
            }
        }
        assertThat(named).as("dependencies in pages").isGreaterThan(10);
    }

    private static List<String> managed() {
        return BOM
                .elements("dependencyManagement", "dependencies", "dependency", "artifactId")
                .stream()
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
