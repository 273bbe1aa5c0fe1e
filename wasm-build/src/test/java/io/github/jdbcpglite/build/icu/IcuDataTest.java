package io.github.jdbcpglite.build.icu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IcuDataTest {
    private static final String RESOURCES = "/com/ibm/icu/impl/data/icudata/";

    /**
     * The hashes are those of the first two files in PGlite 0.5.16, and of the others as ICU's own
     * icupkg swaps them.
     */
    @ParameterizedTest
    @CsvSource({
        "coll/root.res, c908439c145973c0fc0eb6aee8733665da45ec537bbd73b249f73d918b700803",
        "coll/ucadata.icu, 57ca8fa4ed257687cedd0420094edc808122003600fc2de57bfcab787c1972ac",
        "coll/sv.res, 27a234bb07588b7230122664a4218789c940bd3d5dcc14f75306e276207b2258",
        "pool.res, a3d6cd083deb43d407cd6649b2250ed69ac11e957985ad8231fcfa27a88d3d4f",
        "supplementalData.res, a183b21e8092589e41c0d3af05816b7cee1fc46b3e1968e2f91354ae9fb241d9",
        "brkitr/word.brk, 4c496028b5d568c265991417e47d2c57990324d6fbddf5274c6c9427da3660f7"
    })
    void filesAreSwappedAsByIcuItself(String name, String sha256) throws IOException {
        assertThat(Hashes.ofBytes(IcuData.read(name))).isEqualTo(sha256);
    }

    @Test
    void rulesOfALanguageHaveTheirHeaderInTheOtherOrder() throws IOException {
        byte[] swedish = IcuData.read("coll/sv.res");
        int header = indexOf(swedish, "UCol") - 12;

        assertThat(Arrays.copyOfRange(swedish, 0, 4)).containsExactly(0x20, 0, 0xda, 0x27);
        assertThat(Arrays.copyOfRange(swedish, header, header + 4))
                .containsExactly(0x1c, 0, 0xda, 0x27);
        assertThat(swedish[header + 8]).as("isBigEndian").isZero();
        assertThat(indexOf(swedish, "2irT")).as("the trie's signature").isPositive();
    }

    @Test
    void theDataHaveTheLanguagesAndNotWhatTheImageHas() throws IOException {
        SortedMap<String, byte[]> files = IcuData.collations();

        assertThat(files.keySet())
                .hasSizeGreaterThan(150)
                .contains(
                        "/pglite/icu/icudt76l/coll/sv.res",
                        "/pglite/icu/icudt76l/coll/de__PHONEBOOK.res",
                        "/pglite/icu/icudt76l/res_index.res")
                .doesNotContain(
                        "/pglite/icu/icudt76l/coll/root.res",
                        "/pglite/icu/icudt76l/keyTypeData.res");
        assertThat(IcuData.common().keySet())
                .containsExactly(
                        "/pglite/icu/icudt76l/brkitr/root.res",
                        "/pglite/icu/icudt76l/brkitr/word.brk",
                        "/pglite/icu/icudt76l/keyTypeData.res",
                        "/pglite/icu/icudt76l/timezoneTypes.res");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws IOException {
        byte[] file;
        try (InputStream in = IcuDataTest.class.getResourceAsStream(RESOURCES + "coll/sv.res")) {
            file = in.readAllBytes();
        }
        refused(new byte[30], "no data of ICU");
        refused(changed(file, 8, 0), "not big-endian");
        refused(changed(file, 12, 'X'), "format XesB");
        refused(changed(file, 16, 9), "version 9");
        refused(changed(file, 35, 0xff), "no numbers of");
    }

    private static void refused(byte[] file, String why) {
        assertThatThrownBy(() -> IcuData.littleEndian(file))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(why);
    }

    private static byte[] changed(byte[] file, int offset, int value) {
        byte[] other = file.clone();
        other[offset] = (byte) value;
        return other;
    }

    private static int indexOf(byte[] file, String ascii) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(ascii);
    }
}
