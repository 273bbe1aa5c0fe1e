package io.github.jdbcpglite.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DifferenceTest {

    @Test
    void aLongAnswerShowsOnlyWhatTheOtherHasNot() {
        List<String> lines =
                new ArrayList<>(IntStream.range(0, 40).mapToObj(i -> "row " + i).toList());
        Answer expected = new Answer(lines);
        lines.set(33, "row other");
        String text = new Difference("f:1", "SELECT", expected, new Answer(lines), null).toText();
        assertThat(text).contains("row 33", "row other").doesNotContain("row 7", "row 34");
    }

    @Test
    void aShortAnswerIsShownWhole() {
        String text =
                new Difference(
                                "f:1",
                                "SELECT",
                                new Answer(List.of("same", "a")),
                                new Answer(List.of("same", "b")),
                                null)
                        .toText();
        assertThat(text).contains("expected: same", "actual:   same");
    }
}
