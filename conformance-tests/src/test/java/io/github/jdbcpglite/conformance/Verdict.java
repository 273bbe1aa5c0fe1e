package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.report.Difference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a file's comparison fails: on unlisted differences and on vanished limits. */
final class Verdict {
    private static final int SHOWN = 5;

    private final Conformance conformance;
    private final List<String> problems = new ArrayList<>();

    Verdict(Conformance conformance) {
        this.conformance = conformance;
    }

    /** Takes up the differences that no limit lists; between two real servers there is no limit. */
    void differences(List<Difference> differences) {
        List<Difference> unlisted =
                differences.stream()
                        .filter(found -> found.limit() == null || conformance.isSelfCheck())
                        .toList();
        unlisted.stream().limit(SHOWN).map(Difference::toText).forEach(problems::add);
        if (unlisted.size() > SHOWN) {
            problems.add("… and " + (unlisted.size() - SHOWN) + " more differences");
        }
    }

    /** Checks that a limit is listed with a reason, and still shows at the place that names it. */
    void limit(@Nullable String limit, String place, List<Difference> differences) {
        if (limit == null) {
            return;
        }
        conformance.report().limits().reason(limit);
        boolean shows =
                differences.stream()
                        .anyMatch(
                                found ->
                                        found.where().startsWith(place + " ")
                                                || found.where().startsWith(place + ":"));
        if (!shows && !conformance.isSelfCheck()) {
            problems.add(place + ": the limit " + limit + " no longer shows; remove it");
        }
    }

    /** Fails with the problems taken up, if any. */
    void check() {
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }
}
