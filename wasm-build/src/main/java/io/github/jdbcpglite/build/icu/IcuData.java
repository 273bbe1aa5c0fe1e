package io.github.jdbcpglite.build.icu;

import com.ibm.icu.util.VersionInfo;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * ICU's data files for collations, as the guest's ICU reads them: little-endian, by guest path.
 *
 * <p>They come from {@code com.ibm.icu:icu4j} of the same version of ICU on the class path.
 */
public final class IcuData {
    /** The guest's directory of ICU's data; its name has the version and the byte order. */
    static final String DIRECTORY = "/pglite/icu/icudt76l/";

    /**
     * What is wanted in every language: the names and values of attributes of locales, such as
     * {@code ks} in {@code und-u-ks-level2}, of which those of time zones are a file of their own,
     * without which no other is known; and where words begin, for initcap.
     */
    private static final List<String> COMMON_TO_ALL =
            List.of("brkitr/root.res", "brkitr/word.brk", "keyTypeData.res", "timezoneTypes.res");

    private static final String RESOURCES = "com/ibm/icu/impl/data/icudata/";

    /**
     * Files of collations and of words, but for those of ideographs and for other breaks; the list
     * of languages, and what they have in common.
     */
    private static final Pattern OF_LANGUAGES =
            Pattern.compile(
                    "coll/.*\\.res|brkitr/[^/]*\\.res|brkitr/word_.*\\.brk"
                            + "|(pool|res_index|root|supplementalData)\\.res");

    /** PGlite has the root's collation itself. */
    private static final String ROOT_COLLATION = "coll/root.res";

    private IcuData() {}

    /** Returns the version of ICU for Java. */
    public static String version() {
        return VersionInfo.ICU_VERSION.toString();
    }

    /** Returns what every image has beside PGlite's own data, by guest path. */
    public static SortedMap<String, byte[]> common() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : COMMON_TO_ALL) {
            files.put(DIRECTORY + name, read(name));
        }
        return files;
    }

    /** Returns the files for the collations of all languages, by guest path. */
    static SortedMap<String, byte[]> collations() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (JarFile jar = jar()) {
            for (String name : names(jar)) {
                files.put(DIRECTORY + name, read(name));
            }
        }
        return files;
    }

    private static List<String> names(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(entry -> entry.startsWith(RESOURCES))
                .map(entry -> entry.substring(RESOURCES.length()))
                .filter(name -> OF_LANGUAGES.matcher(name).matches())
                .filter(name -> !name.equals(ROOT_COLLATION) && !COMMON_TO_ALL.contains(name))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static JarFile jar() throws IOException {
        URL known = IcuData.class.getClassLoader().getResource(RESOURCES + COMMON_TO_ALL.get(0));
        URLConnection connection = known == null ? null : known.openConnection();
        if (connection instanceof JarURLConnection inJar) {
            return new JarFile(inJar.getJarFileURL().getPath());
        }
        throw new PipelineException("ICU for Java is not on the class path as a jar: " + known);
    }

    /** Returns a file of ICU for Java in the guest's byte order. */
    static byte[] read(String name) throws IOException {
        try (InputStream in =
                IcuData.class.getClassLoader().getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new PipelineException("ICU for Java has no " + name);
            }
            return littleEndian(in.readAllBytes());
        }
    }

    /**
     * Swaps a file.
     *
     * @param bigEndian a resource bundle, the root collation, or rules of words
     * @throws PipelineException if it is of another format, or damaged
     */
    static byte[] littleEndian(byte[] bigEndian) {
        ByteOrderSwap file = new ByteOrderSwap(bigEndian);
        if (!file.hasHeader(0, bigEndian.length)) {
            throw new PipelineException("this is no data of ICU");
        }
        switch (file.format(0)) {
            case ResourceBundle.FORMAT -> ResourceBundle.swap(file);
            case CollationData.FORMAT -> CollationData.swap(file, 0);
            case BreakRules.FORMAT -> BreakRules.swap(file);
            default -> throw new PipelineException("ICU's format " + file.format(0));
        }
        return file.result();
    }
}
