package io.github.jdbcpglite.postgres.cluster;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One thing that a cluster can be opened with. Immutable; there are no others than the constants.
 *
 * <p>A new option is a constant here, and who opens clusters asks for it.
 *
 * @param <T> what its values are; they are not changed
 */
public class ClusterOption<T> {
    /** The fewest connections a cluster can be limited to. */
    public static final int FEWEST_CONNECTIONS = 1;

    /** The most connections a cluster can be limited to. */
    public static final int MOST_CONNECTIONS = 1000;

    /** The data directory, which is made if it does not exist. Without it all is in memory. */
    public static final ClusterOption<Path> DIRECTORY = new ClusterOption<>("directory");

    /** Whether a directory that holds no cluster is refused, instead of making one there. */
    public static final ClusterOption<Boolean> MUST_EXIST = new ClusterOption<>("must exist");

    /**
     * Whether the directory, which must hold a cluster, is only read: nothing in it changes, and
     * what is opened is a copy in memory.
     */
    public static final ClusterOption<Boolean> READ_ONLY = new ClusterOption<>("read only");

    /**
     * How many connections are allowed at once, from {@link #FEWEST_CONNECTIONS} to {@link
     * #MOST_CONNECTIONS}.
     */
    public static final ClusterOption<Integer> MAX_CONNECTIONS =
            new ClusterOption<>("max connections") {
                @Override
                boolean accepts(Integer value) {
                    return value >= FEWEST_CONNECTIONS && value <= MOST_CONNECTIONS;
                }
            };

    /**
     * How much memory the cluster may take in bytes, positive: its backends and files in memory.
     * Without it the heap of the JVM is the limit.
     */
    public static final ClusterOption<Long> MEMORY_LIMIT_BYTES =
            new ClusterOption<>("memory limit") {
                @Override
                boolean accepts(Long value) {
                    return value > 0;
                }
            };

    /** What runs the cluster's code; without it the JVM's property {@code pglite.engine} says. */
    public static final ClusterOption<EngineChoice> ENGINE = new ClusterOption<>("engine");

    /** What a commit waits for; without it {@link Durability#FULL}. */
    public static final ClusterOption<Durability> DURABILITY = new ClusterOption<>("durability");

    /**
     * The backup that the cluster is made from, in memory, or in a directory that is absent or
     * empty: a data directory or an archive of one, {@code .tar} or compressed with gzip. A
     * directory that holds a cluster is refused, unless this JVM has made it from that backup.
     */
    public static final ClusterOption<Path> SOURCE = new ClusterOption<>("source");

    /**
     * The archive that the cluster is copied to when it closes, named {@code .tar}, {@code .tar.gz}
     * or {@code .tgz}, in place of an older one of the same cluster. An archive of another one, or
     * another file, is refused when the cluster opens.
     */
    public static final ClusterOption<Path> BACKUP_AT_CLOSE =
            new ClusterOption<>("backup at close") {
                @Override
                boolean accepts(Path value) {
                    return ClusterOptions.isArchiveName(value);
                }
            };

    /** PostgreSQL's own settings for the whole cluster, by name. */
    public static final ClusterOption<Map<String, String>> SETTINGS =
            new ClusterOption<>("settings");

    /**
     * What the cluster is cloned from. Without settings and a limit of connections of its own it
     * gets those of the template, and starts without booting.
     */
    public static final ClusterOption<ClusterTemplate> TEMPLATE = new ClusterOption<>("template");

    /**
     * The names of the extensions or libraries that sessions may create; each must be on the class
     * path, and what they need is added. Without it all on the class path.
     */
    public static final ClusterOption<List<String>> EXTENSIONS = new ClusterOption<>("extensions");

    /**
     * What fills the cluster if opening it makes it: always in memory, in a directory that is
     * absent or empty. A directory is complete only when that is done; one that was left before, by
     * a crash, is made again.
     */
    public static final ClusterOption<ClusterSetup> SETUP = new ClusterOption<>("setup");

    /**
     * Where extensions are looked for besides this library's own class loader. Options do not keep
     * it alive.
     */
    public static final ClusterOption<WeakReference<ClassLoader>> CLASS_LOADER =
            new ClusterOption<>("class loader");

    private final String name;

    private ClusterOption(String name) {
        this.name = name;
    }

    /** Returns whether a value can be used. */
    boolean accepts(T value) {
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
