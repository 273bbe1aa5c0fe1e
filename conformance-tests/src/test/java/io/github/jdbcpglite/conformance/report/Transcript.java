package io.github.jdbcpglite.conformance.report;

import io.github.jdbcpglite.conformance.answer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The oracle's answers to one file, kept in the target directory for the authors of scripts. */
public final class Transcript {
    private final StringBuilder text = new StringBuilder();

    /** Adds a question and its answer. */
    public void add(String where, String question, Answer answer) {
        text.append("=== ").append(where).append(": ").append(question.strip()).append('\n');
        text.append(answer.toText(Integer.MAX_VALUE)).append("\n\n");
    }

    /** Writes the transcript beside the report, with slashes in the name made dashes. */
    public void write(String path) throws IOException {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"))
                        .resolve("transcripts");
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve(path.replace('/', '-') + ".txt"), text, StandardCharsets.UTF_8);
    }
}
