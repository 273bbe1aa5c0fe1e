package io.github.jdbcpglite.extensions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.CollationKey;
import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The order of strings with the data of {@code jdbc-pglite-icu}, against ICU for Java of the same
 * version: another program over the same data, as they were before the build swapped their bytes.
 * The binaries of the real server have an older ICU, of which {@code collations/icu.sql} asks what
 * is the same in both.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IcuLocalesTest {
    private static final int STRINGS = 3000;
    private static final long SEED = 18;

    /** Characters of many alphabets; those of some languages' rules come more often. */
    private static final String ALPHABET =
            "aAbBcCdDeEfghHiIjkKlLmnNoOpqrsStTuUvVwWxyYzZ 019-'.áàâäãåæÅÄçćčđéèêëęğíîïıİłñňóôöõøœř"
                    + "śšşßťþúûüűýÿźžżŻǆАБВГЕЁЖИЙЪЫЬЭЯабвгеёжийъыьэяіїєґαβγάΣςωאבגשابتيےکگअआकखท"
                    + "เกขแ가각나あアいカ亜一丁中国人𠀀\u0301\u0308\u030a\u0327";

    private static Db db;

    @BeforeAll
    static void open() throws SQLException {
        db = Db.open("jdbc:pglite:memory:icu-locales");
    }

    @AfterAll
    static void close() throws SQLException {
        db.close();
    }

    private static List<String> strings(String language) {
        Random random = new Random(SEED + language.hashCode());
        int[] alphabet = ALPHABET.codePoints().toArray();
        Set<String> strings = new LinkedHashSet<>();
        while (strings.size() < STRINGS) {
            int length = 1 + random.nextInt(6);
            // Half of them from a few neighbours, so that small differences decide.
            int first = random.nextInt(alphabet.length);
            int width = random.nextBoolean() ? 12 : alphabet.length;
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(alphabet[(first + random.nextInt(width)) % alphabet.length]);
            }
            strings.add(text.toString());
        }
        return new ArrayList<>(strings);
    }

    /**
     * Sorts by ICU's keys: its other way to compare, which PostgreSQL uses, has another opinion
     * than its own keys in Java of one Vietnamese pair (U+0165 U+00DF, "t" U+00DF), and not in C.
     * Bytes decide between what ICU finds equal.
     */
    private static List<String> sortedByIcu(List<String> strings, String language) {
        Collator collator = Collator.getInstance(ULocale.forLanguageTag(language));
        Map<String, CollationKey> keys = new HashMap<>();
        strings.forEach(text -> keys.put(text, collator.getCollationKey(text)));
        return strings.stream()
                .sorted(
                        Comparator.<String, CollationKey>comparing(keys::get)
                                .thenComparing(
                                        text -> text.getBytes(UTF_8), Arrays::compareUnsigned))
                .toList();
    }

    private static List<String> sortedByPostgres(List<String> strings, String collation)
            throws SQLException {
        Array array = db.connection().createArrayOf("text", strings.toArray());
        try (PreparedStatement sort =
                db.connection()
                        .prepareStatement(
                                "select x from unnest(?) x order by x collate \""
                                        + collation
                                        + "\"")) {
            sort.setArray(1, array);
            List<String> sorted = new ArrayList<>();
            try (ResultSet rows = sort.executeQuery()) {
                while (rows.next()) {
                    sorted.add(rows.getString(1));
                }
            }
            return sorted;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "und",
                "af",
                "ar",
                "az",
                "be",
                "bg",
                "bs",
                "ca",
                "cs",
                "cy",
                "da",
                "de",
                "de-AT-u-co-phonebk",
                "de-u-co-phonebk",
                "el",
                "en-US",
                "eo",
                "es",
                "es-u-co-trad",
                "et",
                "fa",
                "fi",
                "fi-u-co-trad",
                "fil",
                "fo",
                "fr",
                "fr-CA",
                "he",
                "hi",
                "hr",
                "hu",
                "is",
                "ja",
                "kk",
                "ko",
                "lt",
                "lv",
                "mk",
                "nb",
                "pl",
                "ro",
                "ru",
                "se",
                "sk",
                "sl",
                "sq",
                "sr",
                "sv",
                "th",
                "tr",
                "uk",
                "vi",
                "zh",
                "zh-Hant",
                "zh-u-co-zhuyin",
                "und-u-kn",
                "und-u-kf-upper",
                "und-u-ka-shifted",
                "sv-u-ks-level4-kf-upper"
            })
    void stringsAreInTheOrderOfIcu(String language) throws SQLException {
        List<String> strings = strings(language);
        db.run(
                "drop collation if exists tried; create collation tried (provider = icu, locale = '"
                        + language
                        + "')");

        List<String> sorted = sortedByPostgres(strings, "tried");

        assertThat(sorted)
                .as("%d strings, seed %d", STRINGS, SEED)
                .isEqualTo(sortedByIcu(strings, language));
    }

    @Test
    void theCatalogGetsTheLanguagesThatTheServerWouldHave() throws SQLException {
        db.run("select pg_import_system_collations('pg_catalog')");

        assertThat(
                        db.rows(
                                "select collname from pg_collation where collname in ('de-x-icu',"
                                    + " 'de-AT-x-icu', 'sv-x-icu', 'zh-Hant-x-icu') and collversion"
                                    + " = pg_collation_actual_version(oid) order by 1"))
                .containsExactly("de-AT-x-icu", "de-x-icu", "sv-x-icu", "zh-Hant-x-icu");
        assertThat(db.value("select count(*) > 800 from pg_collation where collprovider = 'i'"))
                .isEqualTo("t");
        assertThat(db.value("select pg_import_system_collations('pg_catalog')")).isEqualTo("0");
    }
}
