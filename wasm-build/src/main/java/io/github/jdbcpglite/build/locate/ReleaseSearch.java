package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.Place;
import io.github.jdbcpglite.build.release.ReleaseFunction;
import io.github.jdbcpglite.build.release.StructOffset;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Finds the facts of a known release in the module of another one. */
final class ReleaseSearch {
    /**
     * What was found.
     *
     * @param release the facts, without those that are missing
     * @param findings one for each fact of the known release
     */
    record Result(PgliteRelease release, List<Finding> findings) {
        /** Returns how many facts have a state. */
        long count(Finding.State state) {
            return findings.stream().filter(each -> each.state() == state).count();
        }
    }

    /**
     * The npm package that the other module is from.
     *
     * @param version its version
     * @param sha256 SHA-256 of its archive
     */
    record Origin(String version, String sha256) {}

    /** So many changed constants of a function are told. */
    private static final int CHANGES_MAX = 5;

    private final PgliteRelease release;
    private final ModuleCode known;
    private final ModuleCode other;
    private final FunctionPairing pairs;
    private final OperandVotes votes;
    private final List<Finding> findings = new ArrayList<>();

    private ReleaseSearch(PgliteRelease release, ModuleCode known, ModuleCode other) {
        this.release = release;
        this.known = known;
        this.other = other;
        this.pairs = FunctionPairing.of(known, other);
        Set<Long> wanted =
                release.addresses().values().stream()
                        .map(Integer::longValue)
                        .collect(Collectors.toSet());
        this.votes = new OperandVotes(known, other, pairs, wanted);
    }

    /**
     * Searches.
     *
     * @param release the facts of the known module
     * @param known the known module
     * @param other the other one
     * @param origin where the other one is from
     * @throws IllegalArgumentException if the facts are not those of the known module
     */
    static Result search(PgliteRelease release, byte[] known, byte[] other, Origin origin) {
        String digest = Hashes.ofBytes(known);
        if (!digest.equals(release.wasmSha256())) {
            throw new IllegalArgumentException(
                    "the release file of "
                            + release.npmVersion()
                            + " is about a pglite.wasm with SHA-256 "
                            + release.wasmSha256()
                            + ", not "
                            + digest);
        }
        ReleaseSearch search =
                new ReleaseSearch(release, ModuleCode.of(known), ModuleCode.of(other));
        search.note(
                Finding.State.FOUND,
                "functions: "
                        + search.pairs.size()
                        + " paired, of "
                        + (search.known.endOfFunctions() - search.known.firstFunction())
                        + " and "
                        + (search.other.endOfFunctions() - search.other.firstFunction()));
        PgliteRelease found =
                new PgliteRelease(
                        release.npmName(),
                        origin.version(),
                        origin.sha256(),
                        Hashes.ofBytes(other),
                        search.addresses(),
                        search.offsets(),
                        search.functions());
        return new Result(found, List.copyOf(search.findings));
    }

    private void note(Finding.State state, String text) {
        findings.add(new Finding(state, text));
    }

    private Map<String, Integer> addresses() {
        Map<String, Integer> found = new LinkedHashMap<>();
        Map<Integer, String> owners = new HashMap<>();
        release.addresses()
                .forEach(
                        (name, address) -> {
                            AddressVerdict verdict =
                                    AddressVerdict.of(name, address, known, other, votes);
                            String owner =
                                    verdict.address().isPresent()
                                            ? owners.putIfAbsent(verdict.address().getAsInt(), name)
                                            : null;
                            if (owner != null) {
                                note(
                                        Finding.State.MISSING,
                                        "address " + name + ": found where " + owner + " is");
                            } else {
                                findings.add(verdict.finding());
                                verdict.address().ifPresent(at -> found.put(name, at));
                            }
                        });
        return found;
    }

    private Map<String, StructOffset> offsets() {
        Map<String, StructOffset> found = new LinkedHashMap<>();
        release.offsets()
                .forEach(
                        (name, offset) -> {
                            StructOffset there = offset("offset " + name + ": ", offset);
                            if (there != null) {
                                found.put(name, there);
                            }
                        });
        return found;
    }

    private @Nullable StructOffset offset(String label, StructOffset offset) {
        if (offset.places().isEmpty()) {
            note(
                    Finding.State.UNCHECKED,
                    label + offset.bytes() + ", taken over: nothing in the code tells it");
            return offset;
        }
        List<Place> places = new ArrayList<>();
        Map<Long, Integer> numbers = new LinkedHashMap<>();
        for (Place place : offset.places()) {
            OptionalLong operand = votes.operand(place.function(), place.instruction());
            OptionalInt instruction = votes.instruction(place.function(), place.instruction());
            if (operand.isPresent() && instruction.isPresent()) {
                numbers.merge(place.number(operand.getAsLong()), 1, Integer::sum);
                places.add(
                        new Place(
                                pairs.partner(place.function()).orElseThrow(),
                                instruction.getAsInt(),
                                place.exponent()));
            }
        }
        String of = places.size() + " of " + offset.places().size() + " places";
        if (numbers.size() != 1) {
            note(
                    Finding.State.MISSING,
                    label
                            + offset.bytes()
                            + " before; "
                            + (numbers.isEmpty() ? "none" : of)
                            + " found"
                            + (numbers.isEmpty() ? "" : ", and they differ: " + numbers));
            return null;
        }
        int bytes = Math.toIntExact(numbers.keySet().iterator().next());
        boolean same = bytes == offset.bytes();
        note(
                same ? Finding.State.FOUND : Finding.State.CHANGED,
                label + (same ? "" : offset.bytes() + " -> ") + bytes + ", by " + of);
        return new StructOffset(bytes, places);
    }

    private Map<String, ReleaseFunction> functions() {
        Map<String, ReleaseFunction> found = new LinkedHashMap<>();
        release.functions()
                .forEach(
                        (name, function) -> {
                            OptionalInt partner =
                                    known.defines(function.index())
                                            ? pairs.partner(function.index())
                                            : OptionalInt.empty();
                            if (partner.isEmpty()) {
                                note(
                                        Finding.State.MISSING,
                                        "function " + name + ": " + function.index() + " before");
                            } else {
                                noteFunction(name, function.index(), partner.getAsInt());
                                found.put(name, describe(partner.getAsInt()));
                            }
                        });
        return found;
    }

    private void noteFunction(String name, int function, int partner) {
        boolean same = pairs.sameShape(function);
        note(
                same ? Finding.State.FOUND : Finding.State.CHANGED,
                "function "
                        + name
                        + ": "
                        + function
                        + " -> "
                        + partner
                        + ", "
                        + pairs.evidence(function).text()
                        + (same
                                ? ""
                                : pairs.sameOpcodes(function)
                                        ? "; constants changed: " + constants(function, partner)
                                        : "; its code changed"));
    }

    /** Tells the numbers that differ, as far as they are no addresses. */
    private String constants(int function, int partner) {
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < known.code(function).size(); i++) {
            long before = known.code(function).get(i).immediate();
            long after = other.code(partner).get(i).immediate();
            int op = known.code(function).get(i).op();
            boolean number = op == Opcodes.I32_CONST || Opcodes.hasMemArg(op);
            if (number
                    && before != after
                    && !(known.looksLikeAddress(before) && other.looksLikeAddress(after))) {
                changes.add(before + " -> " + after);
            }
        }
        return changes.stream().distinct().limit(CHANGES_MAX).collect(Collectors.joining(", "));
    }

    private ReleaseFunction describe(int function) {
        CRC32 crc32 = new CRC32();
        crc32.update(other.module().body(function).code());
        return new ReleaseFunction(
                function, other.type(function), crc32.getValue(), Shape.STRICT.of(other, function));
    }
}
