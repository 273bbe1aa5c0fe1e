package io.github.jdbcpglite.postgres.cluster;

/**
 * One number about a cluster. A new one is a constant here and a value where the others are taken;
 * sums, meters and the page about them follow.
 *
 * <p>Several metrics may be one meter: gauges that a tag tells apart, or how often something
 * happened and how long that took.
 */
public enum ClusterMetric {
    /** Client backends that run a statement. */
    ACTIVE_CONNECTIONS(
            Meter.CONNECTIONS,
            "active",
            "backends that run a statement, or wait for their turn to"),
    /** Client backends that wait for their client. */
    IDLE_CONNECTIONS(
            Meter.CONNECTIONS,
            "idle",
            "backends that wait for their client, in a transaction or not"),
    /** Client backends that wait for a lock of PostgreSQL. */
    LOCKED_CONNECTIONS(Meter.CONNECTIONS, "lock", "backends that wait for another session's lock"),
    /** Client backends that wait for something else. */
    OTHER_CONNECTIONS(
            Meter.CONNECTIONS,
            "other",
            "backends that wait for anything else: time, a client that does not read"),
    /** PostgreSQL's own processes. */
    AUXILIARY_PROCESSES(
            "auxiliary.processes",
            Kind.GAUGE,
            "",
            "PostgreSQL's own processes that run: checkpointer, WAL writer, autovacuum"),
    /** Client backends that became ready for statements. */
    BACKEND_STARTS("backend.starts", Kind.COUNT, "", "connections that became ready"),
    /** How long those took. */
    BACKEND_START_NANOS(
            "backend.starts",
            Kind.NANOS,
            "nanoseconds",
            "the time from the request for them until they were"),
    /** How often a process waited for the giant lock. */
    TURN_WAITS(
            "turn.waits",
            Kind.COUNT,
            "",
            "waits for the giant lock, under which one process of a cluster runs at a time"),
    /** How long it waited. */
    TURN_WAIT_NANOS("turn.waits", Kind.NANOS, "nanoseconds", "the time of those waits"),
    /** Completed checkpoints. */
    CHECKPOINTS(
            "checkpoints",
            Kind.COUNTER,
            "",
            "completed checkpoints, whoever asked for them; read from the log, so none with"
                    + " log_checkpoints = off"),
    /** What clients sent. */
    BYTES_RECEIVED("received", Kind.COUNTER, "bytes", "what clients sent"),
    /** What clients were sent. */
    BYTES_SENT("sent", Kind.COUNTER, "bytes", "what clients were sent"),
    /** Processes that a bug ended. */
    TRAPS(
            "traps",
            Kind.COUNTER,
            "",
            "processes that a bug ended: a trap of the module, or a failing host function; should"
                    + " be zero"),
    /** Traps that ended all processes. */
    CRASHES(
            "crashes",
            Kind.COUNTER,
            "",
            "those among them after which the cluster had to recover; should be zero"),
    /** Memory of single processes. */
    PRIVATE_MEMORY_BYTES(
            Meter.MEMORY,
            "private",
            "memory that single processes have, and that is kept for the next ones"),
    /** Shared memory. */
    SHARED_MEMORY_BYTES(
            Meter.MEMORY,
            "shared",
            "PostgreSQL's shared memory, beyond what the cluster was cloned from"),
    /** Files in memory. */
    FILE_MEMORY_BYTES(
            Meter.MEMORY,
            "files",
            "files of clusters in memory, beyond what they were cloned from; of one in a directory"
                    + " -1 in Java, and in sums nothing");

    /** What a number says. */
    public enum Kind {
        /** What is so now. It ends with the cluster. */
        GAUGE,
        /** What has happened since the cluster was opened. It never falls, not even by a crash. */
        COUNTER,
        /** As a counter, of events whose time is counted by another metric of the same meter. */
        COUNT,
        /** The time of those events. */
        NANOS
    }

    /** Gauges that are one meter. */
    private enum Meter {
        CONNECTIONS("connections", "state", "", "Client backends by what they do or wait for"),
        MEMORY("memory", "area", "bytes", "Memory that clusters have for themselves");

        private final String meterName;
        private final String tag;
        private final String unit;
        private final String meterDescription;

        Meter(String meterName, String tag, String unit, String meterDescription) {
            this.meterName = meterName;
            this.tag = tag;
            this.unit = unit;
            this.meterDescription = meterDescription;
        }
    }

    private final String meter;
    private final String tag;
    private final String tagValue;
    private final Kind kind;
    private final String unit;
    private final String meterDescription;
    private final String description;

    ClusterMetric(String meter, Kind kind, String unit, String description) {
        this.meter = meter;
        tag = "";
        tagValue = "";
        this.kind = kind;
        this.unit = unit;
        meterDescription = description;
        this.description = description;
    }

    ClusterMetric(Meter meter, String tagValue, String description) {
        this.meter = meter.meterName;
        tag = meter.tag;
        this.tagValue = tagValue;
        kind = Kind.GAUGE;
        unit = meter.unit;
        meterDescription = meter.meterDescription;
        this.description = description;
    }

    /** Returns the name of the meter, which has a prefix where there are others. */
    public String meter() {
        return meter;
    }

    /** Returns the tag that tells metrics of one meter apart, or nothing. */
    public String tag() {
        return tag;
    }

    /** Returns the value of the tag, or nothing. */
    public String tagValue() {
        return tagValue;
    }

    /** Returns what the number says. */
    public Kind kind() {
        return kind;
    }

    /** Returns the unit, or nothing for what is only counted. */
    public String unit() {
        return unit;
    }

    /** Returns what the meter is, in a phrase of English. */
    public String meterDescription() {
        return meterDescription;
    }

    /** Returns what this number is, in a phrase of English. */
    public String description() {
        return description;
    }

    /** Returns whether the number is still true when the cluster has been closed. */
    public boolean survivesClose() {
        return kind != Kind.GAUGE;
    }
}
