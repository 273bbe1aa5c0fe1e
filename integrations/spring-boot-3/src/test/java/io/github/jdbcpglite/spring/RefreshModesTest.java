package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.spring.AutoConfigurePGlite.RefreshMode;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** When the database of a cached context goes back to its first state. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class RefreshModesTest {
    /** What the modes have in common: methods that leave a row, without a transaction. */
    @SpringBootTest(classes = TestApplication.class)
    @TestPropertySource(properties = "spring.sql.init.mode=never")
    abstract static class Leaving {
        @Autowired JdbcClient client;

        long countAndLeaveOne() {
            long count = client.sql("SELECT count(*) FROM thing").query(Long.class).single();
            client.sql("INSERT INTO thing VALUES ('left')").update();
            return count;
        }
    }

    @Nested
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.BEFORE_EACH_TEST_METHOD)
    class BeforeEach extends Leaving {
        @RepeatedTest(3)
        void findsTheFirstState() {
            assertThat(countAndLeaveOne()).isOne();
        }
    }

    @Nested
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.AFTER_EACH_TEST_METHOD)
    class AfterEach extends Leaving {
        @RepeatedTest(3)
        void findsTheFirstState() {
            assertThat(countAndLeaveOne()).isOne();
        }
    }

    @Nested
    @Order(1)
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.BEFORE_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class BeforeFirstClass extends Leaving {
        @RepeatedTest(2)
        void collects(RepetitionInfo repetition) {
            assertThat(countAndLeaveOne()).isEqualTo(repetition.getCurrentRepetition());
        }
    }

    /** It has the context of the other one. */
    @Nested
    @Order(2)
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.BEFORE_CLASS)
    class BeforeSecondClass extends Leaving {
        @Test
        void findsTheFirstState() {
            assertThat(countAndLeaveOne()).isOne();
        }
    }

    @Nested
    @Order(1)
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.AFTER_CLASS)
    class AfterFirstClass extends Leaving {
        @RepeatedTest(2)
        void collects(RepetitionInfo repetition) {
            assertThat(countAndLeaveOne()).isEqualTo(repetition.getCurrentRepetition());
        }
    }

    @Nested
    @Order(2)
    @AutoConfigurePGlite(scripts = "things.sql", refresh = RefreshMode.AFTER_CLASS)
    class AfterSecondClass extends Leaving {
        @Test
        void findsTheFirstState() {
            assertThat(countAndLeaveOne()).isOne();
        }
    }

    @Nested
    @AutoConfigurePGlite(scripts = "things.sql")
    class Never extends Leaving {
        @RepeatedTest(2)
        void collects(RepetitionInfo repetition) {
            assertThat(countAndLeaveOne()).isEqualTo(repetition.getCurrentRepetition());
        }
    }
}
