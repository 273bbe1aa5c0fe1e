package io.github.jdbcpglite.build.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.wasm.Instruction;
import org.junit.jupiter.api.Test;

final class AlignmentTest {
    private static int[] align(Instruction[] known, Instruction[] other) {
        Guest one = new Guest();
        Guest two = new Guest();
        int first = one.function(Guest.NOTHING, known);
        int second = two.function(Guest.NOTHING, other);
        return Alignment.of(one.code(), first, two.code(), second);
    }

    private static Instruction[] code(Instruction... code) {
        return code;
    }

    @Test
    void addressesMayDiffer() {
        assertThat(
                        align(
                                code(Guest.number(2000), Guest.drop()),
                                code(Guest.number(3000), Guest.drop())))
                .containsExactly(0, 1, 2);
    }

    @Test
    void whatWasAddedInTheMiddleIsSkipped() {
        assertThat(
                        align(
                                code(Guest.number(1), Guest.drop(), Guest.number(2), Guest.drop()),
                                code(
                                        Guest.number(1),
                                        Guest.drop(),
                                        Guest.number(7),
                                        Guest.load(0),
                                        Guest.drop(),
                                        Guest.number(2),
                                        Guest.drop())))
                .containsExactly(0, 1, 5, 6, 7);
    }

    @Test
    void changesInTwoPlacesAreBothSkipped() {
        assertThat(
                        align(
                                code(
                                        Guest.number(9),
                                        Guest.number(1),
                                        Guest.load(4),
                                        Guest.drop(),
                                        Guest.number(8)),
                                code(
                                        Guest.number(1),
                                        Guest.load(4),
                                        Guest.drop(),
                                        Guest.number(7))))
                .containsExactly(Alignment.NONE, 0, 1, 2, Alignment.NONE, Alignment.NONE);
    }

    @Test
    void whatBothHaveOfTheirOwnIsSkipped() {
        assertThat(
                        align(
                                code(
                                        Guest.number(9),
                                        Guest.number(1),
                                        Guest.load(4),
                                        Guest.drop(),
                                        Guest.number(8)),
                                code(
                                        Guest.number(7),
                                        Guest.load(0),
                                        Guest.number(1),
                                        Guest.load(4),
                                        Guest.drop(),
                                        Guest.number(6))))
                .containsExactly(Alignment.NONE, 2, 3, 4, Alignment.NONE, Alignment.NONE);
    }
}
