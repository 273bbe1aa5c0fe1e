package io.github.jdbcpglite.build.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.build.locate.Finding.State;
import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.Place;
import io.github.jdbcpglite.build.release.ReleaseFunction;
import io.github.jdbcpglite.build.release.StructOffset;
import io.github.jdbcpglite.build.stage.Hashes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseSearchTest {
    private static final ReleaseSearch.Origin ORIGIN = new ReleaseSearch.Origin("2", "ab");

    private final Guest known = new Guest();
    private final Guest other = new Guest();

    private ReleaseSearch.Result search(
            Map<String, Integer> addresses,
            Map<String, StructOffset> offsets,
            Map<String, ReleaseFunction> functions) {
        PgliteRelease release =
                new PgliteRelease(
                        "pglite",
                        "1",
                        "aa",
                        Hashes.ofBytes(known.bytes()),
                        addresses,
                        offsets,
                        functions);
        return ReleaseSearch.search(release, known.bytes(), other.bytes(), ORIGIN);
    }

    private ReleaseSearch.Result searchAddress(int address) {
        return search(Map.of("v", address), Map.of(), Map.of());
    }

    /** Returns what was found out about the only fact. */
    private static Finding only(ReleaseSearch.Result result) {
        assertThat(result.findings()).hasSize(2);
        return result.findings().get(1);
    }

    @Test
    void followsAnAddressThatMoved() {
        known.stores(1, 2000);
        known.function(Guest.NUMBER, Guest.number(0), Guest.load(2000));
        other.stores(2, 2000);
        other.stores(1, 2100);
        other.function(Guest.NUMBER, Guest.number(0), Guest.load(2100));

        ReleaseSearch.Result result = searchAddress(2000);

        assertThat(result.release().addresses()).containsExactly(Map.entry("v", 2100));
        assertThat(only(result))
                .isEqualTo(new Finding(State.FOUND, "address v: 2000 -> 2100, by 2 of 2 places"));
    }

    @Test
    void writesWhereTheOtherIsFrom() {
        PgliteRelease found = search(Map.of(), Map.of(), Map.of()).release();

        assertThat(found.npmName()).isEqualTo("pglite");
        assertThat(found.npmVersion()).isEqualTo("2");
        assertThat(found.npmSha256()).isEqualTo("ab");
        assertThat(found.wasmSha256()).isEqualTo(Hashes.ofBytes(other.bytes()));
    }

    @Test
    void tellsWhoDisagrees() {
        for (int i = 1; i <= 3; i++) {
            known.stores(i, 2000);
            other.stores(i, i == 3 ? 2200 : 2100);
        }

        ReleaseSearch.Result result = searchAddress(2000);

        assertThat(result.release().address("v")).isEqualTo(2100);
        assertThat(only(result))
                .isEqualTo(
                        new Finding(
                                State.CHANGED,
                                "address v: 2000 -> 2100, by 2 of 3 places;"
                                        + " they have 2100 2 times, 2200 1 times"));
    }

    @Test
    void aTieIsNoAnswer() {
        known.stores(1, 2000);
        known.stores(2, 2000);
        other.stores(1, 2100);
        other.stores(2, 2200);

        ReleaseSearch.Result result = searchAddress(2000);

        assertThat(result.release().addresses()).isEmpty();
        assertThat(only(result))
                .isEqualTo(
                        new Finding(
                                State.MISSING,
                                "address v: 2000 before;"
                                        + " no majority: 2100 1 times, 2200 1 times"));
    }

    @Test
    void aFunctionThatIsGoneHasNoVote() {
        known.stores(1, 2000);
        other.function(Guest.NUMBER, Guest.number(2100));

        assertThat(only(searchAddress(2000)))
                .isEqualTo(
                        new Finding(
                                State.MISSING, "address v: 2000 before; no place has a partner"));
    }

    @Test
    void aNumberThatIsNoAddressIsNoAnswer() {
        known.exportFunction("f", known.stores(1, 2000));
        other.exportFunction("f", other.stores(1, 12));

        assertThat(only(searchAddress(2000)))
                .isEqualTo(
                        new Finding(
                                State.MISSING,
                                "address v: 2000 before; the places have 12 1 times"));
    }

    @Test
    void findsTheOnlyPlaceInAFunctionThatGrew() {
        int before = known.function(Guest.NOTHING, Guest.number(2000), Guest.load(0), Guest.drop());
        known.exportFunction("f", before);
        int after =
                other.function(
                        Guest.NOTHING,
                        Guest.number(5),
                        Guest.drop(),
                        Guest.number(2100),
                        Guest.load(0),
                        Guest.drop());
        other.exportFunction("f", after);

        assertThat(only(searchAddress(2000)))
                .isEqualTo(
                        new Finding(
                                State.FOUND,
                                "address v: 2000 -> 2100, by 1 of 1 places in changed functions"));
    }

    @Test
    void anExportNeedsNoPlace() {
        known.exportAddress("v", 2000);
        other.exportAddress("v", 2100);

        ReleaseSearch.Result result = searchAddress(2000);

        assertThat(result.release().address("v")).isEqualTo(2100);
        assertThat(only(result).text()).startsWith("address v: 2000 -> 2100, exported");
    }

    @Test
    void anExportThatTheCodeContradictsIsNoAnswer() {
        known.exportAddress("v", 2000);
        known.stores(1, 2000);
        other.exportAddress("v", 2100);
        other.stores(1, 2200);

        assertThat(only(searchAddress(2000)))
                .isEqualTo(
                        new Finding(
                                State.MISSING,
                                "address v: 2000 before; exported as 2100,"
                                        + " but places have 2200 1 times"));
    }

    @Test
    void twoVariablesAreNotAtOneAddress() {
        known.stores(1, 2000);
        known.stores(2, 2004);
        other.stores(1, 2100);
        other.stores(2, 2100);

        ReleaseSearch.Result result = search(Map.of("v", 2000, "w", 2004), Map.of(), Map.of());

        assertThat(result.release().addresses()).hasSize(1);
        assertThat(result.count(State.MISSING)).isEqualTo(1);
    }

    @Test
    void tellsThatAFieldMoved() {
        int before =
                known.function(Guest.NUMBER, Guest.number(0), Guest.load(2000), Guest.load(12));
        known.exportFunction("f", before);
        other.stores(1, 2000);
        int after = other.function(Guest.NUMBER, Guest.number(0), Guest.load(2100), Guest.load(16));
        other.exportFunction("f", after);
        StructOffset field = new StructOffset(12, List.of(new Place(before, 2, false)));

        ReleaseSearch.Result result = search(Map.of(), Map.of("s.f", field), Map.of());

        assertThat(result.release().offsets())
                .containsExactly(
                        Map.entry(
                                "s.f", new StructOffset(16, List.of(new Place(after, 2, false)))));
        assertThat(only(result))
                .isEqualTo(new Finding(State.CHANGED, "offset s.f: 12 -> 16, by 1 of 1 places"));
    }

    @Test
    void placesOfAFieldMustAgree() {
        for (String name : List.of("f", "g")) {
            int offset = name.equals("f") ? 12 : 16;
            known.exportFunction(
                    name, known.function(Guest.NUMBER, Guest.number(0), Guest.load(12)));
            other.exportFunction(
                    name, other.function(Guest.NUMBER, Guest.number(0), Guest.load(offset)));
        }
        StructOffset field =
                new StructOffset(12, List.of(new Place(0, 1, false), new Place(1, 1, false)));

        ReleaseSearch.Result result = search(Map.of(), Map.of("s.f", field), Map.of());

        assertThat(result.release().offsets()).isEmpty();
        assertThat(only(result).state()).isEqualTo(State.MISSING);
    }

    @Test
    void readsASizeFromAShift() {
        known.exportFunction("f", known.function(Guest.NUMBER, Guest.number(4)));
        other.exportFunction("f", other.function(Guest.NUMBER, Guest.number(5)));
        StructOffset size = new StructOffset(16, List.of(new Place(0, 0, true)));

        assertThat(only(search(Map.of(), Map.of("s.bytes", size), Map.of())).text())
                .isEqualTo("offset s.bytes: 16 -> 32, by 1 of 1 places");
    }

    @Test
    void takesOverWhatNoCodeTells() {
        StructOffset field = new StructOffset(12, List.of());

        ReleaseSearch.Result result = search(Map.of(), Map.of("s.f", field), Map.of());

        assertThat(result.release().offsets()).containsExactly(Map.entry("s.f", field));
        assertThat(only(result).state()).isEqualTo(State.UNCHECKED);
    }

    @Test
    void describesAFunctionAnew() {
        int before = known.stores(1, 2000);
        other.stores(2, 2000);
        int after = other.stores(1, 2100);

        ReleaseSearch.Result result =
                search(
                        Map.of(),
                        Map.of(),
                        Map.of("f", new ReleaseFunction(before, Guest.NOTHING, 0, "")));

        ReleaseFunction found = result.release().function("f");
        assertThat(found.index()).isEqualTo(after);
        assertThat(found.type()).isEqualTo(Guest.NOTHING);
        assertThat(found.shape()).isEqualTo(Shape.STRICT.of(known.code(), before));
        assertThat(only(result))
                .isEqualTo(new Finding(State.FOUND, "function f: 0 -> 1, by its shape"));
    }

    @Test
    void tellsWhichConstantsOfAFunctionChanged() {
        int before = known.stores(1, 2000);
        known.exportFunction("f", before);
        other.exportFunction("f", other.stores(3, 2100));

        ReleaseSearch.Result result =
                search(
                        Map.of(),
                        Map.of(),
                        Map.of("f", new ReleaseFunction(before, Guest.NOTHING, 0, "")));

        assertThat(only(result))
                .isEqualTo(
                        new Finding(
                                State.CHANGED,
                                "function f: 0 -> 0, by its export name;"
                                        + " constants changed: 1 -> 3"));
    }

    @Test
    void missesAFunctionThatIsGone() {
        int before = known.stores(1, 2000);
        other.function(Guest.NUMBER, Guest.number(1));

        ReleaseSearch.Result result =
                search(
                        Map.of(),
                        Map.of(),
                        Map.of("f", new ReleaseFunction(before, Guest.NOTHING, 0, "")));

        assertThat(result.release().functions()).isEmpty();
        assertThat(only(result)).isEqualTo(new Finding(State.MISSING, "function f: 0 before"));
    }

    @Test
    void refusesFactsOfAnotherModule() {
        PgliteRelease release =
                new PgliteRelease("pglite", "1", "aa", "bb", Map.of(), Map.of(), Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ReleaseSearch.search(release, known.bytes(), other.bytes(), ORIGIN))
                .withMessageContaining("not " + Hashes.ofBytes(known.bytes()));
    }
}
