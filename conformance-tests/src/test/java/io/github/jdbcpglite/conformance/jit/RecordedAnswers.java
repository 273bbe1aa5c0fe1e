package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.answer.Answer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file in which one JVM leaves the right answers for others: a list for each case. */
final class RecordedAnswers {
    private RecordedAnswers() {}

    static void write(Path file, List<List<Answer>> cases) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(cases.size());
            for (List<Answer> answers : cases) {
                out.writeInt(answers.size());
                for (Answer answer : answers) {
                    out.writeInt(answer.lines().size());
                    for (String line : answer.lines()) {
                        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                        out.writeInt(bytes.length);
                        out.write(bytes);
                    }
                }
            }
        }
    }

    static List<List<Answer>> read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<List<Answer>> cases = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                List<Answer> answers = new ArrayList<>();
                for (int j = in.readInt(); j > 0; j--) {
                    answers.add(readAnswer(in));
                }
                cases.add(answers);
            }
            return cases;
        }
    }

    private static Answer readAnswer(DataInputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            lines.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        return new Answer(lines);
    }
}
