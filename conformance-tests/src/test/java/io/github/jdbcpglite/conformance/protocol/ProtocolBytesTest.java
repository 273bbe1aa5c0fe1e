package io.github.jdbcpglite.conformance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.Conformance;
import io.github.jdbcpglite.conformance.ConformanceExtension;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Both sides answer the same messages with the same bytes, from the startup packet to the end.
 * Three things are left out: the key for cancelling, which is random; line numbers of errors, as
 * PGlite has changed some of PostgreSQL's files; and reports of parameters that have not changed,
 * which PGlite's build sends twice at the start and now and then later.
 */
@ExtendWith(ConformanceExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ProtocolBytesTest {
    /** A part of a conversation: sends messages, and reads to a type. */
    private interface Step {
        List<RawSession.Message> run(RawSession session) throws IOException;
    }

    private static void same(Conformance conformance, Step... steps) throws Exception {
        List<String> expected =
                conversation(
                        conformance.expected().urlTemplate().replace("{database}", "postgres"),
                        steps);
        assertThat(conversation("jdbc:pglite:memory:protocol", steps)).isEqualTo(expected);
        assertThat(expected).isNotEmpty();
    }

    private static List<String> conversation(String url, Step... steps) throws Exception {
        Set<String> reported = new HashSet<>();
        List<String> answers = new ArrayList<>();
        try (RawSession session = RawSession.connect(url)) {
            session.start("postgres");
            add(session.readTo('Z'), reported, answers);
            for (Step step : steps) {
                answers.add("--");
                add(step.run(session), reported, answers);
            }
        }
        return answers;
    }

    private static void add(
            List<RawSession.Message> messages, Set<String> reported, List<String> answers) {
        for (RawSession.Message message : messages) {
            String text = message.toString();
            switch (message.type()) {
                case 'K' -> {
                    // The key for cancelling.
                }
                case 'S' -> {
                    String parameter = text.substring(0, text.indexOf('|'));
                    if (!reported.contains(text)) {
                        reported.removeIf(earlier -> earlier.startsWith(parameter + "|"));
                        reported.add(text);
                        answers.add(text);
                    }
                }
                case 'E', 'N' -> answers.add(withoutPlace(text));
                default -> answers.add(text);
            }
        }
    }

    private static String withoutPlace(String error) {
        return error.replaceFirst("\\|L[0-9]+\\|", "|")
                .replace("RPostgresMainLoopOnce|", "RPostgresMain|");
    }

    private static Step query(String sql) {
        return session -> {
            session.send('Q', RawSession.text(sql));
            return session.readTo('Z');
        };
    }

    /** Parse, Bind, Describe, Execute and Sync of a statement with text or binary results. */
    private static Step extended(String sql, int resultFormat, String... parameters) {
        return session -> {
            session.send('P', concat(RawSession.text("", sql), new byte[2]));
            ByteArrayOutputStream bind = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bind);
            out.write(RawSession.text("", ""));
            out.writeShort(0);
            out.writeShort(parameters.length);
            for (String parameter : parameters) {
                byte[] value = parameter.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                out.writeInt(value.length);
                out.write(value);
            }
            out.writeShort(1);
            out.writeShort(resultFormat);
            session.send('B', bind.toByteArray());
            session.send('D', RawSession.text("P"));
            session.send('E', new byte[5]);
            session.send('S', new byte[0]);
            return session.readTo('Z');
        };
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    @Test
    void simpleQueries(Conformance conformance) throws Exception {
        same(
                conformance,
                query("SELECT 1, 'x'::text, null::int, ARRAY[1,2], 1.5::numeric"),
                query("SELECT 1; SELECT 2; SELECT 1/0; SELECT 3"),
                query(""),
                query("SELECT FROM nosuch"),
                query("SELECT 'unterminated"),
                query("BEGIN; SELECT 1"),
                query("SELECT 1/0"),
                query("SELECT 1"),
                query("ROLLBACK"),
                query("SET application_name = 'protocol'; SET TimeZone = 'Europe/Berlin'"),
                query("DO $$ BEGIN RAISE NOTICE 'n %', 1; RAISE WARNING 'w'; END $$"));
    }

    @Test
    void extendedQueries(Conformance conformance) throws Exception {
        same(
                conformance,
                extended(
                        "SELECT $1::int + 1, $2::text, $3::timestamptz",
                        0,
                        "41",
                        "ä",
                        "2020-01-01"),
                extended(
                        "SELECT $1::int8, $2::float8, $3::bool, $4::numeric",
                        1,
                        "1",
                        "2",
                        "t",
                        "3"),
                extended("SELECT $1::int", 0, "no number"),
                extended("SELECT", 0),
                extended("", 0),
                extended("SELECT 1; SELECT 2", 0),
                extended("SELECT generate_series(1, 3)", 1),
                query("SELECT 1"));
    }

    @Test
    void copyInBothDirections(Conformance conformance) throws Exception {
        same(
                conformance,
                query("CREATE TEMP TABLE c (a int, b text)"),
                session -> {
                    session.send('Q', RawSession.text("COPY c FROM STDIN"));
                    List<RawSession.Message> answers = session.readTo('G');
                    session.send('d', RawSession.text("1\tx\n2\t\\N\n"));
                    session.send('c', new byte[0]);
                    answers.addAll(session.readTo('Z'));
                    return answers;
                },
                session -> {
                    session.send('Q', RawSession.text("COPY c FROM STDIN"));
                    List<RawSession.Message> answers = session.readTo('G');
                    session.send('f', RawSession.text("the client gave up"));
                    answers.addAll(session.readTo('Z'));
                    return answers;
                },
                query("COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT"),
                query("COPY (SELECT 1) TO STDOUT (FORMAT binary)"));
    }

    @Test
    void messagesOutOfOrderAndUnknownOnes(Conformance conformance) throws Exception {
        same(
                conformance,
                session -> {
                    session.send('B', concat(RawSession.text("", "nosuch"), new byte[6]));
                    session.send('S', new byte[0]);
                    return session.readTo('Z');
                },
                session -> {
                    session.send('E', concat(RawSession.text("noportal"), new byte[4]));
                    session.send('S', new byte[0]);
                    return session.readTo('Z');
                },
                session -> {
                    session.send('d', RawSession.text("copy data without COPY"));
                    session.send('S', new byte[0]);
                    return session.readTo('Z');
                },
                session -> {
                    session.send('C', RawSession.text("Xwrong kind"));
                    session.send('S', new byte[0]);
                    return session.readTo('Z');
                },
                session -> {
                    session.send('!', new byte[3]);
                    return session.readTo('\0');
                });
    }

    @Test
    void aStartThatIsRefused(Conformance conformance) throws Exception {
        List<List<String>> answers = new ArrayList<>();
        for (String url :
                new String[] {
                    conformance.expected().urlTemplate().replace("{database}", "postgres"),
                    "jdbc:pglite:memory:protocol"
                }) {
            List<String> answer = new ArrayList<>();
            for (String database : new String[] {"no such database", ""}) {
                try (RawSession session = RawSession.connect(url)) {
                    session.start(database);
                    session.readTo('Z').stream()
                            .filter(message -> message.type() == 'E')
                            .forEach(message -> answer.add(withoutPlace(message.toString())));
                }
            }
            answers.add(answer);
        }
        assertThat(answers.get(0)).isNotEmpty();
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }
}
