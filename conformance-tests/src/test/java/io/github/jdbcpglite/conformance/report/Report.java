package io.github.jdbcpglite.conformance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what a run compared. Thread-safe. */
public final class Report {
    private final SortedMap<String, Area> areas = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Limits limits;
    private final String expectedVersion;
    private final String actualVersion;

    /** Starts an empty report about two servers of the given versions. */
    public Report(Limits limits, String expectedVersion, String actualVersion) {
        this.limits = limits;
        this.expectedVersion = expectedVersion;
        this.actualVersion = actualVersion;
    }

    /**
     * Counts of one area.
     *
     * @param files scripts run
     * @param questions distinct statements or steps
     * @param compared answers compared, each statement once per query mode
     * @param different how many of them differed
     */
    public record Area(int files, int questions, int compared, int different) {
        Area plus(Area other) {
            return new Area(
                    files + other.files,
                    questions + other.questions,
                    compared + other.compared,
                    different + other.different);
        }

        /** Returns how many answers were equal. */
        public int equal() {
            return compared - different;
        }
    }

    /** Adds what one file gave. */
    public synchronized void add(String area, int questions, int compared, List<Difference> found) {
        areas.merge(area, new Area(1, questions, compared, found.size()), Area::plus);
        differences.addAll(found);
    }

    /** Returns the counts per area, ordered by name. */
    public synchronized SortedMap<String, Area> areas() {
        return new TreeMap<>(areas);
    }

    /** Returns the counts of all areas together. */
    public synchronized Area total() {
        return areas.values().stream().reduce(new Area(0, 0, 0, 0), Area::plus);
    }

    /** Returns all differences, listed or not, in the order of their places. */
    public synchronized List<Difference> differences() {
        return differences.stream()
                .sorted(java.util.Comparator.comparing(Difference::where))
                .toList();
    }

    /** Returns the list that explains known differences. */
    public Limits limits() {
        return limits;
    }

    /** Returns the oracle's version text. */
    public String expectedVersion() {
        return expectedVersion;
    }

    /** Returns the version text of the side under test. */
    public String actualVersion() {
        return actualVersion;
    }
}
