package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the other module has where the known one names an address.
 *
 * <p>An address is named by an {@code i32.const} or by the offset of a memory access. Functions
 * count that have a partner with the same opcodes in the same order; others count if there is no
 * such function, and then only as far as they can be aligned.
 */
final class OperandVotes {
    /** A place in the code of the known module. */
    private record Use(int function, int instruction) {}

    private final ModuleCode known;
    private final ModuleCode other;
    private final FunctionPairing pairs;
    private final Map<Long, Map<Long, Integer>> votes = new HashMap<>();
    private final Map<Long, List<Use>> usesInChanged = new HashMap<>();
    private final Map<Integer, int[]> alignments = new HashMap<>();

    /**
     * Counts for some addresses.
     *
     * @param wanted addresses in the known module
     */
    OperandVotes(ModuleCode known, ModuleCode other, FunctionPairing pairs, Set<Long> wanted) {
        this.known = known;
        this.other = other;
        this.pairs = pairs;
        for (int i = known.firstFunction(); i < known.endOfFunctions(); i++) {
            List<Integer> places = places(known.code(i), wanted);
            if (!places.isEmpty()) {
                count(i, places);
            }
        }
    }

    private static List<Integer> places(List<Instruction> code, Set<Long> wanted) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            Instruction each = code.get(i);
            if ((each.op() == Opcodes.I32_CONST || Opcodes.hasMemArg(each.op()))
                    && wanted.contains(each.immediate())) {
                places.add(i);
            }
        }
        return places;
    }

    private void count(int function, List<Integer> places) {
        boolean same = pairs.sameOpcodes(function);
        for (int place : places) {
            long address = known.code(function).get(place).immediate();
            if (same) {
                operand(function, place)
                        .ifPresent(
                                found ->
                                        votes.computeIfAbsent(address, each -> new TreeMap<>())
                                                .merge(found, 1, Integer::sum));
            } else {
                usesInChanged
                        .computeIfAbsent(address, each -> new ArrayList<>())
                        .add(new Use(function, place));
            }
        }
    }

    /** Returns the numbers found in place of an address, with how often each was found. */
    Map<Long, Integer> of(long address) {
        return votes.getOrDefault(address, Map.of());
    }

    /** Returns how many places are in functions that have no partner with the same opcodes. */
    int inChangedFunctions(long address) {
        return usesInChanged.getOrDefault(address, List.of()).size();
    }

    /** Returns the numbers found in functions that changed, as far as they can be aligned. */
    Map<Long, Integer> ofChangedFunctions(long address) {
        Map<Long, Integer> found = new TreeMap<>();
        for (Use use : usesInChanged.getOrDefault(address, List.of())) {
            operand(use.function(), use.instruction())
                    .ifPresent(number -> found.merge(number, 1, Integer::sum));
        }
        return found;
    }

    /**
     * Returns the immediate that the other module has at a place of the known one, or nothing if
     * the function was not found or differs there.
     */
    OptionalLong operand(int function, int instruction) {
        OptionalInt at = instruction(function, instruction);
        return at.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        other.code(pairs.partner(function).orElseThrow())
                                .get(at.getAsInt())
                                .immediate());
    }

    /** Returns which instruction of the partner a place of the known module is. */
    OptionalInt instruction(int function, int instruction) {
        OptionalInt partner = pairs.partner(function);
        if (partner.isEmpty() || instruction >= known.code(function).size()) {
            return OptionalInt.empty();
        }
        if (pairs.sameOpcodes(function)) {
            return OptionalInt.of(instruction);
        }
        int at =
                alignments
                        .computeIfAbsent(
                                function,
                                each -> Alignment.of(known, each, other, partner.getAsInt()))[
                        instruction];
        return at == Alignment.NONE ? OptionalInt.empty() : OptionalInt.of(at);
    }
}
