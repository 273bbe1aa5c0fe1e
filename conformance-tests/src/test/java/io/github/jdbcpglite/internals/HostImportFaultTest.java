package io.github.jdbcpglite.internals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.internals.HostFaults.Fault;
import io.github.jdbcpglite.internals.HostFaults.Kind;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failure in any host function costs at most the sessions that run, never what was committed and
 * never the next connection.
 *
 * <p>The functions are those that the main module links, so a new one is tested without a change
 * here if a statement reaches it, and fails here if none does and {@link NeverCalled} gives no
 * reason. Each fails once in a run, in one way that depends on {@code -Dfaults.seed}; with {@code
 * -Dfaults.full=true} in every way and at five calls of each.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostImportFaultTest {
    private static final System.Logger LOG = System.getLogger(HostImportFaultTest.class.getName());
    private static final boolean FULL = Boolean.getBoolean("faults.full");
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /** Called only if the backend has to let others run just then. */
    private static final Set<String> SOMETIMES = Set.of("_emscripten_runtime_keepalive_clear");

    /**
     * PostgreSQL takes any failure to mean that the file does not exist, and so puts a recycled
     * segment over the current one of WAL; a server loses its database by it, too.
     */
    private static final Set<String> MISTAKEN = Set.of("__syscall_stat64");

    /** Each fault is reported there, with a stack trace. */
    private final Logger runtimeLog = Logger.getLogger("io.github.jdbcpglite.postgres");

    private final HostFaults faults = new HostFaults();
    private final Random random = new Random(SEED);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> fired = new TreeSet<>();

    @BeforeEach
    void beQuiet() {
        runtimeLog.setLevel(Level.OFF);
    }

    @AfterEach
    void beLoud() {
        runtimeLog.setLevel(null);
    }

    @Test
    void inMemory() throws Exception {
        String name = "faults-" + UUID.randomUUID() + "-";
        check("jdbc:pglite:memory:" + name + "?pglite.close=last", FULL ? 5 : 1);
    }

    @Test
    void inADirectory(@TempDir Path temp) throws Exception {
        check("jdbc:pglite:file:" + temp.resolve("db-"), FULL ? 5 : 1);
    }

    private void check(String url, int callsOfEach) throws Exception {
        try (FaultWorkload workload = new FaultWorkload(faults, url)) {
            // The first round fills caches, and so calls more than those after it.
            assertThat(workload.round(faults, null).sqlState()).as("without a fault").isNull();
            assertThat(workload.round(faults, null).sqlState()).as("without a fault").isNull();
            Map<String, Integer> calls = new TreeMap<>(faults.calls());
            checkImports(calls);
            for (Fault fault : faults(calls, callsOfEach)) {
                check(workload, fault);
            }
            assertThat(failures).as("seed %d", SEED).isEmpty();
            Set<String> spared = new TreeSet<>(calls.keySet());
            spared.removeAll(fired);
            spared.removeAll(SOMETIMES);
            assertThat(spared).as("functions in which no fault came, seed %d", SEED).isEmpty();
            LOG.log(System.Logger.Level.INFO, "faults and how sessions ended: {0}", outcomes);
        }
    }

    private void check(FaultWorkload workload, Fault fault) throws Exception {
        try {
            FaultWorkload.Outcome outcome = workload.round(faults, fault);
            if (!faults.fired() && fault.call() > 1) {
                check(workload, new Fault(fault.function(), 1, fault.kind()));
                return;
            }
            if (faults.fired()) {
                fired.add(fault.function());
            }
            outcomes.merge(fault.kind() + " " + outcome, 1, Integer::sum);
            if (!isExpected(fault, outcome)) {
                failures.add(fault + ": " + outcome);
            }
        } catch (AssertionError | SQLException e) {
            failures.add(fault + ": " + e);
        }
    }

    private static boolean isExpected(Fault fault, FaultWorkload.Outcome outcome) {
        String state = outcome.sqlState();
        if (state == null) {
            return true; // The session had done all its work, or PostgreSQL does without the call.
        }
        if (fault.kind() == Kind.ERRNO) {
            return state.matches("[0-9A-Z]{5}"); // It is PostgreSQL's to say what that means.
        }
        // XX000 is PostgreSQL's PANIC where a transaction can no longer be rolled back.
        return Set.of("08001", "08006", "57P02").contains(state)
                || (state.equals("XX000") && outcome.recovered());
    }

    private List<Fault> faults(Map<String, Integer> calls, int callsOfEach) {
        List<Fault> all = new ArrayList<>();
        calls.forEach(
                (function, count) -> {
                    List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
                    if (!HostFaults.hasErrno(function) || MISTAKEN.contains(function)) {
                        kinds.remove(Kind.ERRNO);
                    }
                    Kind one = kinds.get(random.nextInt(kinds.size()));
                    for (Kind kind : FULL ? kinds : List.of(one)) {
                        for (int call : chosen(count, callsOfEach)) {
                            all.add(new Fault(function, call, kind));
                        }
                    }
                });
        return all;
    }

    private Set<Integer> chosen(int count, int wanted) {
        Set<Integer> chosen = new TreeSet<>();
        while (chosen.size() < Math.min(count, wanted)) {
            chosen.add(1 + random.nextInt(count));
        }
        return chosen;
    }

    private void checkImports(Map<String, Integer> calls) throws DistributionException {
        Set<String> imports = imports();
        Set<String> missed = new TreeSet<>(imports);
        missed.removeAll(faults.filtered());
        assertThat(missed).as("imports that no fault can reach").isEmpty();
        Set<String> never = new TreeSet<>(imports);
        never.removeAll(calls.keySet());
        LOG.log(System.Logger.Level.INFO, "imports that no statement here calls: {0}", never);
        never.removeAll(SOMETIMES);
        assertThat(never)
                .as("imports that no statement calls and of which no reason is known")
                .isSubsetOf(NeverCalled.REASONS.keySet());
    }

    /** Returns what the main module imports of the host, and not of its engine. */
    private static Set<String> imports() throws DistributionException {
        return Distribution.load(HostImportFaultTest.class.getClassLoader())
                .main()
                .module(BytecodeEngine.INSTANCE)
                .importedFunctions()
                .stream()
                .filter(name -> !BytecodeEngine.INSTANCE.provides(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
