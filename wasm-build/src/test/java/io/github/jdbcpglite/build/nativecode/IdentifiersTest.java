package io.github.jdbcpglite.build.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdentifiersTest {
    @Test
    void keepsNamesOfC() {
        assertThat(Identifiers.function("heap_form_tuple", 272)).isEqualTo("heap_form_tuple_272");
    }

    @Test
    void namesFunctionsWithoutNameByNumber() {
        assertThat(Identifiers.function("", 1234)).isEqualTo("f_1234");
    }

    @Test
    void replacesWhatCDoesNotAllow() {
        assertThat(Identifiers.function("std::vector<ä>", 1)).isEqualTo("std__vector____1");
        assertThat(Identifiers.of("2nd")).isEqualTo("_2nd");
    }

    @Test
    void equalIdentifiersDifferByNumber() {
        assertThat(Identifiers.function("a.b", 1)).isNotEqualTo(Identifiers.function("a-b", 2));
    }

    @Test
    void cutsLongNames() {
        assertThat(Identifiers.function("x".repeat(5000), 7)).hasSizeLessThan(100).endsWith("_7");
    }
}
