package io.github.jdbcpglite.conformance.answer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What two right answers may differ in. A script names the rule at the statement that needs it.
 *
 * <p>Every rule replaces text that cannot be equal on two clusters by a fixed word, and nothing
 * else; the reason is kept with it and printed in the report.
 */
public enum NormaliseRule {
    PID(
            "process numbers are given by the operating system",
            "\\b(pid|PID|process) ?\\d+",
            "$1 <pid>"),
    OID("object numbers depend on what was made before in the cluster", "\\b\\d{4,10}\\b", "<oid>"),
    XID("transaction numbers depend on what ran before in the cluster", "\\b\\d{3,10}\\b", "<xid>"),
    LSN("WAL positions depend on what was written before", "\\b[0-9A-F]+/[0-9A-F]+\\b", "<lsn>"),
    PATH("files lie where the cluster lies", "(/[A-Za-z0-9_.\\-]+){2,}", "<path>"),
    PLAN_COST(
            "planner costs depend on block sizes of pointers and on statistics",
            " *\\(cost=[\\d.]+ rows=\\d+ width=\\d+\\)",
            ""),
    PLAN_TIME(
            "times of execution are measured",
            "(Time: |time=|duration: )[\\d.]+(\\.\\.[\\d.]+)?( ms)?",
            "$1<time>"),
    PLAN_MEMORY("memory use depends on the width of pointers", "\\b\\d+(kB| bytes)", "<size>"),
    VERSION(
            "the version string names compiler and platform",
            "PostgreSQL (\\d+)[.\\d]*.*",
            "PostgreSQL $1"),
    LIBM(
            "the last digits of roots and special functions come from the C library, and two real"
                    + " servers built against different ones differ in them too",
            "-?\\d+\\.\\d{13,}(e[+-]\\d+)?",
            match ->
                    new BigDecimal(match.group())
                            .round(new MathContext(14))
                            .stripTrailingZeros()
                            .toPlainString()),
    NOW(
            "the clock moves between the two runs",
            "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([+-]\\d\\d(:\\d\\d)?)?",
            "<now>");

    private final String reason;
    private final Pattern pattern;
    private final @Nullable String replacement;
    private final @Nullable Function<MatchResult, String> function;

    NormaliseRule(String reason, String pattern, String replacement) {
        this.reason = reason;
        this.pattern = Pattern.compile(pattern);
        this.replacement = replacement;
        this.function = null;
    }

    NormaliseRule(String reason, String pattern, Function<MatchResult, String> function) {
        this.reason = reason;
        this.pattern = Pattern.compile(pattern);
        this.replacement = null;
        this.function = function;
    }

    /** Returns why two right answers may differ here. */
    public String reason() {
        return reason;
    }

    /** Returns the rule's name as scripts spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String apply(String line) {
        Matcher matcher = pattern.matcher(line);
        if (function != null) {
            return matcher.replaceAll(function);
        }
        return replacement == null ? line : matcher.replaceAll(replacement);
    }

    /**
     * Returns the rule of a name.
     *
     * @throws IllegalArgumentException if there is no such rule; the message lists those there are
     */
    public static NormaliseRule of(String label) {
        return Arrays.stream(values())
                .filter(rule -> rule.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No normalisation rule "
                                                + label
                                                + "; there are "
                                                + Arrays.stream(values())
                                                        .map(NormaliseRule::label)
                                                        .toList()));
    }
}
