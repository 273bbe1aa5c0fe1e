package io.github.jdbcpglite.build.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SideModuleTypesTest {
    private static final byte[] MAIN = Modules.main();
    private static final byte[] SIDE = Modules.side();

    /** Puts the side module's {@code add} into the main module's table and calls it from there. */
    private static long callAcross(byte[] side) {
        Instance main = Instance.builder(Parser.parse(MAIN)).build();
        ImportFunction increment =
                new ImportFunction(
                        "env",
                        "inc",
                        FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                        (instance, args) -> main.export("inc").apply(args));
        Instance library =
                Instance.builder(Parser.parse(side))
                        .withImportValues(ImportValues.builder().addFunction(increment).build())
                        .build();
        int imports = WasmModule.parse(side).importedFunctionCount();
        main.exports().table("table").setRef(0, imports, library);
        return main.export("call").apply(38)[0];
    }

    @Test
    void aCallThroughTheTableReachesAnotherInstance() {
        byte[] rewritten = SideModuleTypes.of(MAIN, List.of(SIDE)).rewrite(SIDE);
        assertThat(callAcross(rewritten)).isEqualTo(42);
    }

    @Test
    void withoutTheRewriteTheCallIsRefused() {
        assertThatThrownBy(() -> callAcross(SIDE)).isInstanceOf(ChicoryException.class);
    }

    @Test
    void theMainModulesTypesComeFirst() {
        List<FuncType> main = WasmModule.parse(MAIN).types();
        byte[] rewritten = SideModuleTypes.of(MAIN, List.of(SIDE)).rewrite(SIDE);
        List<FuncType> types = WasmModule.parse(rewritten).types();
        assertThat(types.subList(0, main.size())).isEqualTo(main);
        assertThat(types).doesNotHaveDuplicates().containsAll(WasmModule.parse(SIDE).types());
    }

    @Test
    void rewritingTwiceChangesNothing() {
        SideModuleTypes types = SideModuleTypes.of(MAIN, List.of(SIDE));
        byte[] once = types.rewrite(SIDE);
        assertThat(types.rewrite(once)).isEqualTo(once);
    }

    @Test
    void refusesExceptionTags() {
        WasmModule tagged = WasmModule.parse(SIDE);
        tagged.addRawSection(13, new byte[] {0});
        SideModuleTypes types = SideModuleTypes.of(MAIN, List.of(SIDE));
        assertThatThrownBy(() -> types.rewrite(tagged.toBytes()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("tags");
    }
}
