package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which function of one module is which of another, as far as it can be told. */
final class FunctionPairing {
    private static final int NONE = -1;

    /** How a pair was found. */
    enum Evidence {
        EXPORT("by its export name"),
        SHAPE("by its shape"),
        NEIGHBOUR("by its shape beside a known function"),
        CALLERS("by its callers"),
        LOOSE_SHAPE("by its shape without constants"),
        PLACE("by its place between known functions");

        private final String text;

        Evidence(String text) {
            this.text = text;
        }

        /** Returns the evidence as the end of a sentence about a function. */
        String text() {
            return text;
        }
    }

    /** The shapes of all functions that a module defines, by index. */
    private record Shapes(String[] strict, String[] loose) {
        static Shapes of(ModuleCode module) {
            return new Shapes(of(module, Shape.STRICT), of(module, Shape.LOOSE));
        }

        private static String[] of(ModuleCode module, Shape shape) {
            String[] shapes = new String[module.endOfFunctions()];
            Arrays.fill(shapes, "");
            for (int i = module.firstFunction(); i < shapes.length; i++) {
                shapes[i] = shape.of(module, i);
            }
            return shapes;
        }
    }

    private final ModuleCode known;
    private final ModuleCode other;
    private final int[] partners;
    private final int[] reverse;
    private final @Nullable Evidence[] evidence;
    private final Shapes knownShapes;
    private final Shapes otherShapes;

    private FunctionPairing(ModuleCode known, ModuleCode other) {
        this.known = known;
        this.other = other;
        this.partners = new int[known.endOfFunctions()];
        this.reverse = new int[other.endOfFunctions()];
        this.evidence = new Evidence[partners.length];
        Arrays.fill(partners, NONE);
        Arrays.fill(reverse, NONE);
        this.knownShapes = Shapes.of(known);
        this.otherShapes = Shapes.of(other);
    }

    /**
     * Pairs the functions of two modules. No function has two partners, and partners have the same
     * type.
     */
    static FunctionPairing of(ModuleCode known, ModuleCode other) {
        FunctionPairing pairing = new FunctionPairing(known, other);
        pairing.pairExports();
        pairing.pairUnique(Shapes::strict, Evidence.SHAPE);
        pairing.dropOutOfOrder();
        pairing.spread();
        pairing.pairUnique(Shapes::loose, Evidence.LOOSE_SHAPE);
        pairing.dropOutOfOrder();
        pairing.spread();
        pairing.pairBetween();
        return pairing;
    }

    /** Returns the function of the other module, or nothing if it was not found. */
    OptionalInt partner(int function) {
        int partner = partners[function];
        return partner == NONE ? OptionalInt.empty() : OptionalInt.of(partner);
    }

    /** Returns how the partner of a function, which must have one, was found. */
    Evidence evidence(int function) {
        return Objects.requireNonNull(evidence[function]);
    }

    /** Returns how many functions have a partner. */
    int size() {
        return (int) Arrays.stream(partners).filter(each -> each != NONE).count();
    }

    /** Returns whether a function has a partner of the same opcodes, in the same order. */
    boolean sameOpcodes(int function) {
        int partner = partners[function];
        if (partner == NONE) {
            return false;
        }
        List<Instruction> mine = known.code(function);
        List<Instruction> theirs = other.code(partner);
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (mine.get(i).op() != theirs.get(i).op()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a function has a partner whose instructions differ in nothing but links. */
    boolean sameShape(int function) {
        int partner = partners[function];
        return partner != NONE && sameShape(function, partner);
    }

    private boolean sameShape(int function, int partner) {
        return knownShapes.strict()[function].equals(otherShapes.strict()[partner]);
    }

    private boolean pair(int function, int partner, Evidence how) {
        if (!known.defines(function)
                || !other.defines(partner)
                || partners[function] != NONE
                || reverse[partner] != NONE
                || !known.type(function).equals(other.type(partner))) {
            return false;
        }
        partners[function] = partner;
        reverse[partner] = function;
        evidence[function] = how;
        return true;
    }

    private void pairExports() {
        known.exportedFunctions()
                .forEach(
                        (name, function) -> {
                            Integer partner = other.exportedFunctions().get(name);
                            if (partner != null) {
                                pair(function, partner, Evidence.EXPORT);
                            }
                        });
    }

    /** Pairs functions whose shape no other function without a partner has. */
    private void pairUnique(Function<Shapes, String[]> shapes, Evidence how) {
        Map<String, Integer> mine =
                unique(shapes.apply(knownShapes), partners, known.firstFunction());
        Map<String, Integer> theirs =
                unique(shapes.apply(otherShapes), reverse, other.firstFunction());
        mine.forEach(
                (text, function) -> {
                    Integer partner = theirs.get(text);
                    if (partner != null && function != NONE && partner != NONE) {
                        pair(function, partner, how);
                    }
                });
    }

    private static Map<String, Integer> unique(String[] shapes, int[] taken, int first) {
        Map<String, Integer> unique = new HashMap<>();
        for (int i = first; i < shapes.length; i++) {
            if (taken[i] == NONE) {
                unique.merge(shapes[i], i, (one, two) -> NONE);
            }
        }
        return unique;
    }

    /**
     * Takes pairs back that rest on the shape alone and stand out of order: of two functions that
     * look alike by chance. A linker keeps the order of functions; if it moved a whole file, the
     * callers tell.
     */
    private void dropOutOfOrder() {
        Set<Integer> inOrder = LongestIncrease.indexes(partners);
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] != NONE
                    && !inOrder.contains(i)
                    && (evidence[i] == Evidence.SHAPE || evidence[i] == Evidence.LOOSE_SHAPE)) {
                reverse[partners[i]] = NONE;
                partners[i] = NONE;
                evidence[i] = null;
            }
        }
    }

    /** Goes from pairs to their neighbours and to what they call, as long as that finds any. */
    private void spread() {
        boolean found = true;
        while (found) {
            found = pairNeighbours();
            found |= pairCallees();
        }
    }

    /** A linker keeps the order of functions, so what stands beside a pair is likely one too. */
    private boolean pairNeighbours() {
        boolean found = false;
        for (int i = known.firstFunction(); i + 1 < partners.length; i++) {
            found |= pairBeside(i, 1);
        }
        for (int i = partners.length - 1; i > known.firstFunction(); i--) {
            found |= pairBeside(i, -1);
        }
        return found;
    }

    private boolean pairBeside(int function, int step) {
        int partner = partners[function];
        return partner != NONE
                && known.defines(function + step)
                && other.defines(partner + step)
                && sameShape(function + step, partner + step)
                && pair(function + step, partner + step, Evidence.NEIGHBOUR);
    }

    /** Pairs runs of functions of equal types between two pairs, whatever is in them. */
    private void pairBetween() {
        for (int i = known.firstFunction(); i < partners.length; i++) {
            if (partners[i] == NONE && i > known.firstFunction() && partners[i - 1] != NONE) {
                int end = i;
                while (end < partners.length && partners[end] == NONE) {
                    end++;
                }
                pairRun(i, end, partners[i - 1] + 1);
            }
        }
    }

    private void pairRun(int start, int end, int partnerStart) {
        int offset = partnerStart - start;
        if (end == partners.length || partners[end] != end + offset) {
            return;
        }
        for (int i = start; i < end; i++) {
            if (reverse[i + offset] != NONE || !known.type(i).equals(other.type(i + offset))) {
                return;
            }
        }
        for (int i = start; i < end; i++) {
            pair(i, i + offset, Evidence.PLACE);
        }
    }

    /** Pairs what all calls at the same places of paired functions agree about. */
    private boolean pairCallees() {
        Map<Integer, Integer> callees = new HashMap<>();
        for (int i = known.firstFunction(); i < partners.length; i++) {
            if (sameOpcodes(i)) {
                collectCallees(i, callees);
            }
        }
        boolean found = false;
        for (Map.Entry<Integer, Integer> each : callees.entrySet()) {
            found |=
                    each.getValue() != NONE
                            && pair(each.getKey(), each.getValue(), Evidence.CALLERS);
        }
        return found;
    }

    private void collectCallees(int function, Map<Integer, Integer> callees) {
        List<Instruction> mine = known.code(function);
        List<Instruction> theirs = new ArrayList<>(other.code(partners[function]));
        for (int i = 0; i < mine.size(); i++) {
            int callee = mine.get(i).index();
            if (mine.get(i).op() == Opcodes.CALL
                    && known.defines(callee)
                    && partners[callee] == NONE) {
                callees.merge(
                        callee,
                        theirs.get(i).index(),
                        (one, two) -> one.intValue() == two.intValue() ? one : NONE);
            }
        }
    }
}
