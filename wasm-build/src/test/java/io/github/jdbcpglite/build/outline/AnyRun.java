package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Moves runs of the tests' choice, whether that is worth it or not. */
final class AnyRun {
    private AnyRun() {}

    /** A place of a function where a run can be moved. */
    private record Place(List<Node> nodes, int from, int to) {}

    /** Counts the runs of a function. */
    static int count(byte[] wasm, int function) {
        WasmModule module = WasmModule.parse(wasm);
        ScratchGlobals none = new ScratchGlobals(module);
        return places(module, none, TreeReader.read(module, function)).size();
    }

    /**
     * Moves one run and writes the module.
     *
     * @param number which one, from 0 to the count, exclusive
     */
    static byte[] move(byte[] wasm, int function, int number) {
        WasmModule module = WasmModule.parse(wasm);
        FunctionTree tree = TreeReader.read(module, function);
        ScratchGlobals scratch = new ScratchGlobals(module);
        Place place = places(module, scratch, tree).get(number);
        Liveness live = new Liveness();
        live.analyse(tree.body(), new BitSet());
        RunExtractor.extract(module, scratch, tree, place.nodes(), place.from(), place.to(), live);
        module.setBody(function, TreeWriter.write(module, tree));
        return module.toBytes();
    }

    private static List<Place> places(
            WasmModule module, ScratchGlobals scratch, FunctionTree tree) {
        List<Place> places = new ArrayList<>();
        collect(new StackHeights(module, scratch), tree.body(), 0, places);
        return places;
    }

    private static void collect(
            StackHeights heights, List<Node> nodes, int params, List<Place> places) {
        BitSet empty = heights.emptyPlaces(nodes, params);
        for (int from = empty.nextSetBit(0); from >= 0; from = empty.nextSetBit(from + 1)) {
            for (int to = empty.nextSetBit(from + 1); to >= 0; to = empty.nextSetBit(to + 1)) {
                places.add(new Place(nodes, from, to));
            }
        }
        for (Node node : nodes) {
            if (node instanceof Node.Block block) {
                for (List<Node> part : block.parts()) {
                    collect(heights, part, block.type().params().size(), places);
                }
            }
        }
    }
}
