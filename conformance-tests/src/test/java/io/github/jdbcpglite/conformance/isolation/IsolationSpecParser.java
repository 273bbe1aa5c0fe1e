package io.github.jdbcpglite.conformance.isolation;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import io.github.jdbcpglite.conformance.corpus.ScriptParser;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Permutation;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Session;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Step;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multi-session script: sections that start with a line {@code @keyword …}, each followed
 * by its SQL. One instance reads one file. Not thread-safe.
 */
public final class IsolationSpecParser {
    private final String name;
    private final List<ScriptStatement> setup = new ArrayList<>();
    private final List<ScriptStatement> teardown = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Permutation> permutations = new ArrayList<>();
    private final List<NormaliseRule> rules = new ArrayList<>();
    private @Nullable String limit;
    private @Nullable String section;
    private int sectionLine;
    private final StringBuilder body = new StringBuilder();

    private IsolationSpecParser(String name) {
        this.name = name;
    }

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException if it is malformed; the message names file and line
     */
    public static IsolationSpec parse(String name, String text) {
        IsolationSpecParser parser = new IsolationSpecParser(name);
        int line = 0;
        try {
            for (String content : text.split("\n", -1)) {
                line++;
                parser.line(line, content);
            }
            parser.endSection();
            return parser.finish();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ".spec:" + line + ": " + e.getMessage(), e);
        }
    }

    private void line(int line, String content) {
        if (content.startsWith("@")) {
            endSection();
            section = content.substring(1).trim();
            sectionLine = line;
        } else if (section != null) {
            body.append(content).append('\n');
        } else if (!content.isBlank() && !content.startsWith("--")) {
            throw new IllegalArgumentException("SQL before the first @section");
        }
    }

    private void endSection() {
        if (section == null) {
            return;
        }
        List<String> words = Arrays.asList(section.split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        List<ScriptStatement> statements =
                ScriptParser.parse("corpus-isolation", name, body.toString()).statements();
        body.setLength(0);
        section = null;
        switch (words.get(0)) {
            case "setup" -> (sessions.isEmpty() ? setup : last().setup()).addAll(statements);
            case "teardown" ->
                    (sessions.isEmpty() ? teardown : last().teardown()).addAll(statements);
            case "session" ->
                    sessions.add(
                            new Session(arguments.get(0), new ArrayList<>(), new ArrayList<>()));
            case "step" -> addStep(arguments.get(0), statements);
            case "permutation" -> addPermutation(arguments);
            case "normalise" -> arguments.forEach(rule -> rules.add(NormaliseRule.of(rule)));
            case "limit" -> limit = String.join(" ", arguments);
            default -> throw new IllegalArgumentException("Unknown section @" + words.get(0));
        }
    }

    private Session last() {
        return sessions.get(sessions.size() - 1);
    }

    private void addStep(String step, List<ScriptStatement> statements) {
        if (sessions.isEmpty() || steps.containsKey(step) || statements.isEmpty()) {
            throw new IllegalArgumentException(
                    "The step " + step + " is empty, outside of a session or there twice");
        }
        steps.put(step, new Step(step, last().name(), List.copyOf(statements)));
    }

    private void addPermutation(List<String> words) {
        List<Use> uses = new ArrayList<>();
        for (String word : words) {
            boolean mustEnd = word.endsWith("!");
            String step = mustEnd ? word.substring(0, word.length() - 1) : word;
            if (!steps.containsKey(step)) {
                throw new IllegalArgumentException("No step " + step);
            }
            uses.add(new Use(step, mustEnd));
        }
        permutations.add(new Permutation(sectionLine, uses));
    }

    private IsolationSpec finish() {
        if (permutations.isEmpty()) {
            interleave(new ArrayList<>(), queues());
        }
        return new IsolationSpec(
                name, setup, teardown, sessions, steps, permutations, rules, limit);
    }

    private List<List<String>> queues() {
        return sessions.stream()
                .map(
                        session ->
                                steps.values().stream()
                                        .filter(step -> step.session().equals(session.name()))
                                        .map(Step::name)
                                        .toList())
                .toList();
    }

    /** Adds all orders that keep each session's own order, as a file without permutations means. */
    private void interleave(List<Use> prefix, List<List<String>> queues) {
        if (permutations.size() > 200) {
            throw new IllegalArgumentException("More than 200 interleavings: list permutations");
        }
        boolean end = true;
        for (int i = 0; i < queues.size(); i++) {
            List<String> queue = queues.get(i);
            if (!queue.isEmpty()) {
                end = false;
                List<List<String>> rest = new ArrayList<>(queues);
                rest.set(i, queue.subList(1, queue.size()));
                List<Use> longer = new ArrayList<>(prefix);
                longer.add(new Use(queue.get(0), false));
                interleave(longer, rest);
            }
        }
        if (end) {
            permutations.add(new Permutation(0, prefix));
        }
    }
}
