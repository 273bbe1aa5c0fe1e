package io.github.jdbcpglite.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The direction of dependencies: integrations, driver, wasm-runtime, Chicory; and no package cycle.
 *
 * <p>Reads the class files of the sibling modules, not the class path, so that a module counts even
 * where nothing here depends on it.
 */
class ArchitectureTest {
    private static final String ROOT = "io.github.jdbcpglite.";
    private static final String CHICORY = "com.dylibso.chicory..";

    private static final String[] PACKAGES_ON_CHICORY = {
        ROOT + "engine.bytecode..", ROOT + "build..",
    };

    /** The contracts, and what the build finds out for every engine. */
    private static final String[] SEAM = {
        ROOT + "engine", ROOT + "engine.budget", ROOT + "engine.description",
    };

    /** Where an engine is chosen, and what is wired for all that know the contracts alone. */
    private static final String[] CHOOSERS = {
        ROOT + "postgres", ROOT + "postgres.internal.opening",
    };

    /** The rooms of the runtime, lowest first: none knows one that comes later. */
    private static final List<String> ROOMS = List.of("platform", "engine", "host", "postgres");

    private static final String[] RUNTIME =
            ROOMS.stream().map(room -> ROOT + room + "..").toArray(String[]::new);

    /** What the driver and jars beside it see of the runtime. */
    private static final String[] FACE = {
        ROOT + "postgres",
        ROOT + "postgres.cluster",
        ROOT + "postgres.channel",
        ROOT + "platform",
        ROOT + "postgres.extension",
        ROOT + "engine.nativecode.jar",
    };

    /** How deep below the project's folder a module's folder of classes can be. */
    private static final int DEPTH = 4;

    /** What the build generates from WebAssembly is no source of ours. */
    private static final String GENERATED =
            ".*/jdbcpglite/(image|program|jmh_generated|.*/bundle|.*/jmh_generated)/.*";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.matches(Pattern.compile(GENERATED)))
                    .importPaths(folders());

    private static List<Path> folders() {
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(Path.of(".."), DEPTH)) {
            return files.filter(file -> file.endsWith(classes)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPackageOfThisProjectIsRead() {
        for (String name :
                List.of(
                        "engine.bytecode.memory",
                        "engine.nativecode",
                        "build.pipeline",
                        "jdbc",
                        "jdbc.dump",
                        "testing",
                        "junit",
                        "extensions.pgvector")) {
            assertThat(CLASSES.containPackage(ROOT + name)).as(name).isTrue();
        }
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.github.jdbcpglite.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRuntimeDoesNotKnowTheDriverOrTheBuild() {
        noClasses()
                .that()
                .resideInAnyPackage(RUNTIME)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.github.jdbcpglite..")
                                .and(describe("are no part of the runtime", c -> !inRuntime(c))))
                .check(CLASSES);
    }

    @Test
    void neitherRuntimeNorBuildKnowsJdbc() {
        noClasses()
                .that()
                .resideInAnyPackage(RUNTIME)
                .or()
                .resideInAPackage(ROOT + "build..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."))
                .check(CLASSES);
    }

    @Test
    void nobodyButRuntimeAndBuildSeesMoreOfTheRuntimeThanItsFace() {
        noClasses()
                .that()
                .resideOutsideOfPackages(RUNTIME)
                .and()
                .resideOutsideOfPackages(
                        ROOT + "build..", ROOT + "jdbc.dump..", ROOT + "benchmarks..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(RUNTIME).and(not(resideInAnyPackage(FACE))))
                .check(CLASSES);
    }

    @Test
    void theFaceOfTheRuntimeKnowsNothingBehindIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "postgres.cluster..",
                        ROOT + "postgres.channel..",
                        ROOT + "platform..",
                        ROOT + "postgres.extension..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(RUNTIME).and(not(resideInAnyPackage(FACE))))
                .check(CLASSES);
    }

    @Test
    void lowerRoomsDoNotKnowHigherOnes() {
        for (int i = 0; i < ROOMS.size(); i++) {
            for (String higher : ROOMS.subList(i + 1, ROOMS.size())) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ROOMS.get(i) + "..")
                        .should()
                        .dependOnClassesThat(resideInAPackage(ROOT + higher + ".."))
                        .check(CLASSES);
            }
        }
    }

    @Test
    void nothingOutsideOfTheBytecodeEngineKnowsChicory() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PACKAGES_ON_CHICORY)
                .should()
                .dependOnClassesThat(resideInAPackage(CHICORY))
                .check(CLASSES);
    }

    @Test
    void theSeamIsMadeOfTheJdkAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(SEAM)
                .should()
                .dependOnClassesThat(
                        not(
                                resideInAnyPackage("java..", "org.jspecify..")
                                        .or(resideInAnyPackage(SEAM))))
                .check(CLASSES);
    }

    @Test
    void nothingAboveTheSeamKnowsAnEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "host..", ROOT + "postgres..")
                .and()
                .resideOutsideOfPackages(CHOOSERS)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                ROOT + "engine.bytecode..", ROOT + "engine.nativecode.."))
                .check(CLASSES);
    }

    @Test
    void enginesDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine.bytecode..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "engine.nativecode.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine.nativecode..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "engine.bytecode.."))
                .check(CLASSES);
    }

    @Test
    void fileSystemsDoNotKnowMemory() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "host.fs..", ROOT + "host.descriptor..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "engine"))
                .check(CLASSES);
    }

    @Test
    void theRoomsAreAsThePageSays() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("..", "docs", "ARCHITECTURE.md")).stream()
                        .dropWhile(line -> !line.equals("```rooms"))
                        .skip(1)
                        .takeWhile(line -> !line.equals("```"))
                        .toList();
        Set<String> rooms =
                lines.stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Set<String>> used = new TreeMap<>();
        rooms.forEach(room -> used.put(room, new TreeSet<>()));
        for (JavaClass javaClass : CLASSES.that(resideInAnyPackage(RUNTIME))) {
            String from = room(rooms, javaClass);
            javaClass.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> inRuntime(target) && !room(rooms, target).equals(from))
                    .forEach(target -> used.get(from).add(room(rooms, target)));
        }
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(
                        used.entrySet().stream()
                                .map(
                                        entry ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%-31s %s",
                                                        entry.getKey(),
                                                        entry.getValue().isEmpty()
                                                                ? "-"
                                                                : String.join(
                                                                        " ", entry.getValue())))
                                .toList());
    }

    /** Returns the room of the page that a class is in: the one with the longest name. */
    private static String room(Set<String> rooms, JavaClass javaClass) {
        String name = javaClass.getPackageName().substring(ROOT.length());
        while (!rooms.contains(name) && name.contains(".")) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        assertThat(rooms).as("the room of %s", javaClass.getName()).contains(name);
        return name;
    }

    @Test
    void everyPackageIsNullMarked() {
        DescribedPredicate<JavaClass> ofThisProject = resideInAPackage("io.github.jdbcpglite..");
        assertThat(CLASSES.that(ofThisProject).stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(ArchitectureTest::assertNullMarked);
    }

    private static void assertNullMarked(JavaPackage javaPackage) {
        assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                .as("%s has @NullMarked in its package-info.java", javaPackage.getName())
                .isTrue();
    }

    private static boolean inRuntime(JavaClass javaClass) {
        return resideInAnyPackage(RUNTIME).test(javaClass);
    }
}
