package io.github.jdbcpglite.build.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jdbcpglite.build.bundle.AssembleStage;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class ReleaseFileTest {
    private static final PgliteRelease RELEASE =
            new PgliteRelease(
                    "@scope/name",
                    "1.2.3",
                    "aa",
                    "bb",
                    Map.of("MyProcPid", 2000, "errno", 3000),
                    Map.of(
                            "Latch.is_set",
                            new StructOffset(0, List.of()),
                            "WaitEvent.bytes",
                            new StructOffset(
                                    16, List.of(new Place(3, 14, false), new Place(4, 0, true)))),
                    Map.of(
                            "kill",
                            new ReleaseFunction(
                                    7,
                                    new FuncType(
                                            List.of(ValType.I32, ValType.I64),
                                            List.of(ValType.I32)),
                                    0xFEDC0001L,
                                    "0123456789abcdef"),
                            "start",
                            new ReleaseFunction(8, new FuncType(List.of(), List.of()), 1, "")));

    private static PgliteRelease read(String text) throws IOException {
        return ReleaseFile.read(new StringReader(text));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(read(ReleaseFile.write(RELEASE))).isEqualTo(RELEASE);
    }

    @Test
    void theSameFactsGiveTheSameText() throws IOException {
        String text = ReleaseFile.write(RELEASE);

        assertThat(ReleaseFile.write(read(text))).isEqualTo(text);
    }

    @Test
    void namesWhatIsMissing() {
        String text = ReleaseFile.write(RELEASE).replace("function.kill.crc32=", "other=");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessage("function.kill.index: function.kill.crc32 is missing");
    }

    @Test
    void namesAPlaceThatIsNone() {
        String text = ReleaseFile.write(RELEASE).replace("3:14", "3-14");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessage("offset.WaitEvent.bytes: not FUNCTION:INSTRUCTION: 3-14");
    }

    @Test
    void asksForAnAddressByName() {
        assertThat(RELEASE.address("errno")).isEqualTo(3000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RELEASE.address("MyProc"))
                .withMessage("the release file of PGlite 1.2.3 has no address MyProc");
    }

    @Test
    void anUnknownVersionHasNoFile() {
        assertThat(PgliteRelease.ofVersion("0.0.0")).isEmpty();
    }

    @Test
    void theRuntimeReadsTheFactsOfThePinnedRelease() throws IOException {
        Properties facts = new Properties();
        facts.load(new StringReader(AssembleStage.facts()));
        PgBinary binary = new PgBinary(facts);
        assertThat(binary.wasmSha256).isEqualTo(PgliteRelease.pinned().wasmSha256());
        assertThat(binary.myProc).isEqualTo(PgliteRelease.pinned().address("MyProc"));
    }
}
