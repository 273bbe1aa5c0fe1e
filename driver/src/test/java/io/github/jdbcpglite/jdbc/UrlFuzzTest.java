package io.github.jdbcpglite.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/**
 * URLs and properties that nobody would write on purpose. Whatever the driver is given, it connects
 * or throws an SQLException with an SQLState. {@code url.fuzz} sets how many are tried, {@code
 * url.seed} which.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UrlFuzzTest {
    private static final String PREFIX = "jdbc:pglite:";
    private static final int CASES = Integer.getInteger("url.fuzz", 3000);
    private static final long SEED = Long.getLong("url.seed", System.nanoTime());

    private static final List<String> PIECES =
            List.of(
                    "memory:",
                    "temp:",
                    "file:",
                    "x",
                    "/",
                    "//",
                    "?",
                    "&",
                    "=",
                    "%00",
                    "%",
                    "%2",
                    "%zz",
                    "%F0%9F",
                    "%C3%A9",
                    "+",
                    " ",
                    "\0",
                    "\n",
                    "\ud800",
                    "é",
                    ":",
                    ";",
                    "~/",
                    "..",
                    "[::1]",
                    "\\",
                    "C:\\x",
                    ".zip",
                    "#",
                    "'",
                    "\"",
                    "user=",
                    "password=p",
                    "@",
                    "postgres",
                    "1");

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "1",
                    "1.5",
                    "1e999",
                    "NaN",
                    "2147483648",
                    "true",
                    "maybe",
                    "null",
                    "java.lang.String",
                    "no.such.Class",
                    "\0",
                    "%00",
                    "a\0b",
                    "\ud800",
                    "é",
                    "x".repeat(5000),
                    "10p",
                    "99999999999999999999G",
                    "-5%",
                    "../x",
                    "/dev/null",
                    "/nonexistent/x.tar",
                    "last",
                    "full",
                    "database",
                    "simple",
                    "\u0130",
                    "{}",
                    "${user.home}",
                    "a=b",
                    "'; --");

    private final FakeClusters clusters = new FakeClusters();
    private final ClusterRegistry registry = new ClusterRegistry(clusters);
    private final Connector connector = new Connector(registry);

    @AfterEach
    void closeClusters() {
        registry.closeAll();
    }

    /** Whether what was given can be used or not is not the point. */
    private static void answers(String what, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown != null) {
            assertThat(thrown)
                    .as("%s, seed %d", what, SEED)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(what).matches("[0-9A-Z]{5}"));
            assertThat(thrown.getMessage()).as(what).isNotEmpty();
        }
    }

    /** Every backend hangs up, so that only the driver's own part is tried. */
    @Test
    void theDriverAnswersWhateverItIsGiven() {
        clusters.behaviour = channel -> channel.server().close();
        Random random = new Random(SEED);
        PGliteDriver driver = new PGliteDriver(connector);
        for (int i = 0; i < CASES; i++) {
            String url = url(random);
            Properties info = properties(random);
            String what = "URL " + escaped(url) + ", properties " + escaped(info.toString());
            answers(what, () -> driver.connect(url, info));
            answers(what, () -> driver.getPropertyInfo(url, info));
            answers(what, () -> PGlite.shutDown(url));
            answers(what, () -> new PGliteSocketFactory(info, connector));
            PGliteDataSource source = new PGliteDataSource(connector);
            source.setUrl(url);
            info.stringPropertyNames()
                    .forEach(name -> source.setProperty(name, info.getProperty(name)));
            answers(what, () -> source.getConnection(url, what));
            answers(what, source::getLoginTimeout);
        }
    }

    /** With a PostgreSQL behind it, so that pgjdbc looks at the properties too. */
    @Test
    void pgjdbcsPropertiesAreAnsweredToo() throws SQLException {
        Random random = new Random(SEED);
        String url = "jdbc:pglite:memory:url-fuzz?pglite.close=last";
        try (Connection keeper = DriverManager.getConnection(url)) {
            for (int i = 0; i < CASES / 10; i++) {
                Properties info = new Properties();
                for (int n = 1 + random.nextInt(2); n > 0; n--) {
                    PGProperty property =
                            PGProperty.values()[random.nextInt(PGProperty.values().length)];
                    info.setProperty(property.getName(), pick(random, VALUES));
                }
                answers(
                        "properties " + escaped(info.toString()),
                        () -> DriverManager.getConnection(url, info).close());
            }
            assertThat(keeper.isValid(60)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temp:?pglite.load=%00",
                "memory:url-fuzz?pglite.backup=%00.tar",
                "file:%00",
                "memory:url-fuzz?pglite.template=%00",
                "memory:url-fuzz?maxResultBuffer=java.lang.String",
                "memory:url-fuzz?pglite.listen=%2F%00"
            })
    void isRefusedByName(String target) {
        Throwable thrown = catchThrowable(() -> DriverManager.getConnection(PREFIX + target));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isIn("08001", "22023"));
    }

    @Test
    void nullIsAnsweredToo() {
        answers("open", () -> PGlite.open(nothing()));
        answers("shutDown", () -> PGlite.shutDown(nothing()));
        answers("backup", () -> PGlite.backup(PREFIX + "nonsense://", nothing(), nothing()));
        answers("saveTemplate", () -> PGlite.saveTemplate(nothing(), nothing()));
        answers("server", () -> PGliteServer.start(nothing()));
        answers("channel", () -> PGliteChannel.open(nothing(), nothing()));
        answers("driver", () -> new PGliteDriver().connect(nothing(), nothing()));
        answers("accepts", () -> new PGliteDriver().acceptsURL(nothing()));
        answers("info", () -> new PGliteDriver().getPropertyInfo(nothing(), nothing()));
        PGliteDataSource source = new PGliteDataSource();
        source.setUrl(nothing());
        answers("data source", source::getConnection);
        answers("unwrap", () -> source.unwrap(nothing()));
        assertThat(source.isWrapperFor(nothing())).isFalse();
    }

    /** Callers need not know what may be null. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is the point
    private static <T> T nothing() {
        return null;
    }

    @Test
    void aClusterThatCannotBeOpenedIsAnsweredToo() {
        Random random = new Random(SEED);
        for (ClusterException.Kind kind : ClusterException.Kind.values()) {
            clusters.openFailure = new ClusterException(kind, "kind " + kind);
            answers(
                    kind.name(),
                    () -> connector.connect(ConnectionPlan.of(PREFIX + "memory:f", null)));
        }
        for (Error error : List.of(new OutOfMemoryError("heap"), new StackOverflowError())) {
            clusters.openFailure = error;
            answers(
                    error + " " + random.nextInt(),
                    () -> connector.connect(ConnectionPlan.of(PREFIX + "memory:e", null)));
        }
    }

    private static String url(Random random) {
        StringBuilder url = new StringBuilder(random.nextInt(20) == 0 ? "jdbc:" : PREFIX);
        for (int n = random.nextInt(6); n > 0; n--) {
            url.append(pick(random, PIECES));
        }
        char separator = '?';
        for (int n = random.nextInt(4); n > 0; n--) {
            url.append(separator).append(key(random));
            if (random.nextInt(8) != 0) {
                url.append('=').append(pick(random, random.nextBoolean() ? VALUES : PIECES));
            }
            separator = '&';
        }
        if (random.nextInt(10) == 0) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            url.insert(PREFIX.length() - 7, new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return url.toString();
    }

    private static Properties properties(Random random) {
        Properties info = new Properties();
        for (int n = random.nextInt(4); n > 0; n--) {
            if (random.nextInt(10) == 0) {
                info.put(key(random), List.of(17, true, 'x', 1.5).get(random.nextInt(4)));
            } else {
                info.setProperty(key(random), pick(random, VALUES));
            }
        }
        return info;
    }

    private static String key(Random random) {
        List<String> keys = new ArrayList<>(PIECES);
        for (PGliteProperty property : PGliteProperty.values()) {
            // What a listener would do with a name that is free is not to be found out here.
            if (property != PGliteProperty.LISTEN) {
                keys.add(property.getName());
            }
        }
        for (PGProperty property : PGProperty.values()) {
            keys.add(property.getName());
        }
        keys.add("pglite.postgres.work_mem");
        keys.add("pglite.postgres.");
        keys.add("pglite.nonsense");
        String key = pick(random, keys);
        return random.nextInt(20) == 0 ? key.toUpperCase(java.util.Locale.ROOT) : key;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Makes control characters visible, and what is long short. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .limit(300)
                .forEach(
                        c ->
                                out.append(
                                        c < ' ' || c > '~'
                                                ? String.format(Locale.ROOT, "\\u%04x", c)
                                                : String.valueOf((char) c)));
        return out.toString();
    }
}
