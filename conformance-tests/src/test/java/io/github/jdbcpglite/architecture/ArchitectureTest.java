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
import java.nio.file.Path;
import java.util.List;
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
    private static final List<String> MODULES = List.of("wasm-runtime", "wasm-build", "driver");
    private static final String CHICORY = "com.dylibso.chicory..";

    /** Values that describe a memory or a function, and hold nothing of the engine. */
    private static final String CHICORY_TYPES = "com.dylibso.chicory.wasm.types";

    private static final String[] PACKAGES_ON_CHICORY = {
        ROOT + "wasm.memory..",
        ROOT + "wasm.emscripten..",
        ROOT + "wasm.engine..",
        ROOT + "wasm.image..",
        ROOT + "wasm.snapshot..",
        ROOT + "build..",
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPaths(
                            MODULES.stream()
                                    .map(module -> Path.of("..", module, "target", "classes"))
                                    .toList());

    @Test
    void everyPackageOfThisProjectIsRead() {
        assertThat(CLASSES.containPackage("io.github.jdbcpglite.wasm.memory")).isTrue();
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.github.jdbcpglite.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRuntimeDoesNotKnowTheDriverOrTheBuild() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "wasm..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.github.jdbcpglite..")
                                .and(describe("are no part of the runtime", c -> !inRuntime(c))))
                .check(CLASSES);
    }

    @Test
    void onlyTheDriverKnowsJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "jdbc..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."))
                .check(CLASSES);
    }

    @Test
    void theDriverDoesNotKnowChicory() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jdbc..")
                .should()
                .dependOnClassesThat(resideInAPackage(CHICORY))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void chicoryStaysInTheEnginePackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PACKAGES_ON_CHICORY)
                .and()
                .resideOutsideOfPackage(ROOT + "wasm.sched..")
                .should()
                .dependOnClassesThat(resideInAPackage(CHICORY))
                .check(CLASSES);
    }

    @Test
    void schedulingKnowsNoMoreOfChicoryThanItsTypes() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "wasm.sched..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(CHICORY).and(not(resideInAnyPackage(CHICORY_TYPES))))
                .check(CLASSES);
    }

    @Test
    void fileSystemsAndPipesComeFirst() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "wasm.fs..", ROOT + "wasm.io..", ROOT + "wasm.memory..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                ROOT + "wasm.emscripten..",
                                ROOT + "wasm.sched..",
                                ROOT + "wasm.snapshot.."))
                .check(CLASSES);
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
        return javaClass.getPackageName().startsWith(ROOT + "wasm");
    }
}
