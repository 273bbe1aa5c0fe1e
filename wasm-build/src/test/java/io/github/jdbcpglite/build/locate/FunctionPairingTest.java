package io.github.jdbcpglite.build.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.locate.FunctionPairing.Evidence;
import org.junit.jupiter.api.Test;

final class FunctionPairingTest {
    private final Guest known = new Guest();
    private final Guest other = new Guest();

    private FunctionPairing pair() {
        return FunctionPairing.of(known.code(), other.code());
    }

    @Test
    void anExportNameDecidesWhateverTheCode() {
        int before = known.stores(1, 2000);
        known.exportFunction("f", before);
        other.stores(1, 2000);
        int after = other.stores(77, 2000);
        other.exportFunction("f", after);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(before)).hasValue(after);
        assertThat(pairs.evidence(before)).isEqualTo(Evidence.EXPORT);
        assertThat(pairs.sameShape(before)).isFalse();
        assertThat(pairs.sameOpcodes(before)).isTrue();
    }

    @Test
    void anExportOfAnotherTypeIsNoPartner() {
        int before = known.stores(1, 2000);
        known.exportFunction("f", before);
        other.exportFunction("f", other.function(Guest.NUMBER, Guest.number(1)));

        assertThat(pair().partner(before)).isEmpty();
    }

    @Test
    void aShapeIsFoundBehindNewFunctionsAndAtOtherAddresses() {
        int before = known.stores(5, 2000);
        other.stores(6, 2000);
        other.function(Guest.NUMBER, Guest.number(1));
        int after = other.stores(5, 3000);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(before)).hasValue(after);
        assertThat(pairs.evidence(before)).isEqualTo(Evidence.SHAPE);
        assertThat(pairs.sameShape(before)).isTrue();
    }

    @Test
    void aShapeIsFoundWithAnotherPlaceInTheTable() {
        int before = known.stores(917, 2000);
        other.function(Guest.NUMBER, Guest.number(1));
        int after = other.stores(920, 3000);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(before)).hasValue(after);
        assertThat(pairs.evidence(before)).isEqualTo(Evidence.LOOSE_SHAPE);
        assertThat(pairs.sameShape(before)).isFalse();
    }

    @Test
    void twinsArePairedBesideKnownFunctions() {
        known.stores(1, 2000);
        int twin = known.stores(9, 2000);
        known.stores(2, 2000);
        int other9 = known.stores(9, 2004);
        other.stores(8, 3000);
        other.stores(1, 3000);
        int after = other.stores(9, 3000);
        other.stores(2, 3000);
        int afterOther9 = other.stores(9, 3004);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(twin)).hasValue(after);
        assertThat(pairs.partner(other9)).hasValue(afterOther9);
        assertThat(pairs.evidence(twin)).isEqualTo(Evidence.NEIGHBOUR);
    }

    @Test
    void whatIsCalledAtTheSamePlaceIsTheSame() {
        int before =
                known.function(Guest.NOTHING, Guest.number(1), Guest.number(2), Guest.store(0));
        known.exportFunction("caller", known.function(Guest.NOTHING, Guest.call(before)));
        other.function(Guest.NUMBER, Guest.number(4));
        other.function(Guest.NUMBER, Guest.number(5));
        int after = other.function(Guest.NOTHING, Guest.number(1), Guest.drop());
        other.exportFunction("caller", other.function(Guest.NOTHING, Guest.call(after)));

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(before)).hasValue(after);
        assertThat(pairs.evidence(before)).isEqualTo(Evidence.CALLERS);
        assertThat(pairs.sameOpcodes(before)).isFalse();
    }

    @Test
    void aChangedFunctionIsBetweenItsNeighbours() {
        known.stores(1, 2000);
        int before = known.function(Guest.NOTHING, Guest.number(3), Guest.drop());
        known.stores(2, 2000);
        other.stores(7, 2000);
        other.stores(1, 2000);
        int after = other.function(Guest.NOTHING, Guest.number(3), Guest.load(0), Guest.drop());
        other.stores(2, 2000);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(before)).hasValue(after);
        assertThat(pairs.evidence(before)).isEqualTo(Evidence.PLACE);
    }

    @Test
    void whatStandsBetweenNeighboursHasTheSameTypes() {
        known.stores(1, 2000);
        int first = known.function(Guest.NOTHING, Guest.number(3), Guest.drop());
        int second = known.function(Guest.NUMBER, Guest.number(3));
        known.stores(2, 2000);
        other.stores(1, 2000);
        other.function(Guest.NOTHING, Guest.number(3), Guest.load(0), Guest.drop());
        other.function(Guest.NOTHING, Guest.number(3), Guest.load(4), Guest.drop());
        other.stores(2, 2000);

        FunctionPairing pairs = pair();

        assertThat(pairs.partner(first)).isEmpty();
        assertThat(pairs.partner(second)).isEmpty();
    }

    @Test
    void aLookalikeOutOfOrderIsNoPartner() {
        int before = known.stores(9, 2000);
        for (int i = 0; i < 5; i++) {
            known.stores(10 + i, 2000);
        }
        for (int i = 0; i < 5; i++) {
            other.stores(10 + i, 2000);
        }
        other.stores(9, 2000);

        assertThat(pair().partner(before)).isEmpty();
    }
}
