package io.github.jdbcpglite.conformance.answer;

import java.util.List;

/**
 * Everything one statement brought back, as lines of text.
 *
 * @param lines column descriptions, rows, update counts, the error and the notices, in order
 */
public record Answer(List<String> lines) {
    /** Keeps its own copy of the lines. */
    public Answer {
        lines = List.copyOf(lines);
    }

    /** Returns this answer after the rules, in their order, have been applied to every line. */
    public Answer normalised(List<NormaliseRule> rules) {
        if (rules.isEmpty()) {
            return this;
        }
        return new Answer(
                lines.stream()
                        .map(
                                line -> {
                                    String text = line;
                                    for (NormaliseRule rule : rules) {
                                        text = rule.apply(text);
                                    }
                                    return text;
                                })
                        .toList());
    }

    /** Returns this answer with its rows sorted, for statements whose order is not promised. */
    public Answer unordered() {
        List<String> rows =
                lines.stream().filter(line -> line.startsWith(AnswerReader.ROW)).sorted().toList();
        List<String> all = new java.util.ArrayList<>(rows);
        lines.stream().filter(line -> !line.startsWith(AnswerReader.ROW)).forEach(all::add);
        return new Answer(all);
    }

    /** Returns the lines joined, for failure messages; at most {@code limit} of them. */
    public String toText(int limit) {
        if (lines.size() <= limit) {
            return String.join("\n", lines);
        }
        return String.join("\n", lines.subList(0, limit))
                + "\n… "
                + (lines.size() - limit)
                + " more lines";
    }
}
