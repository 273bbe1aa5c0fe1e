package io.github.jdbcpglite.cli.shell;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/** Completes keywords, names of the catalog, columns, backslash commands and files. */
final class Completion implements Completer {
    private static final int LIMIT = 200;

    /** After these comes a relation. */
    private static final Set<String> BEFORE_RELATIONS =
            Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "COPY", "ONLY", "TRUNCATE", "VIEW");

    private static final Set<String> BEFORE_FILES = Set.of("\\i", "\\ir", "\\o", "\\g");

    private final Session session;
    private List<String> keywords = List.of();

    Completion(Session session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        List<String> words = line.words();
        String previous = words.size() < 2 ? "" : words.get(words.size() - 2);
        if (word.startsWith("\\")) {
            for (String help : MetaCommands.HELP) {
                for (String text : help.split("[ ,]+", -1)) {
                    if (text.startsWith("\\")) {
                        add(candidates, text.replaceAll("\\[.*", ""), "");
                    }
                }
            }
        } else if (BEFORE_FILES.contains(previous)) {
            return;
        } else if (session.transactionState() != TransactionState.FAILED) {
            names(line, word, previous, candidates);
        }
    }

    private void names(ParsedLine line, String word, String previous, List<Candidate> candidates) {
        try {
            boolean relations =
                    previous.startsWith("\\d")
                            || BEFORE_RELATIONS.contains(previous.toUpperCase(Locale.ROOT));
            for (List<@Nullable String> row : session.query(relationsQuery(word)).rows()) {
                add(candidates, row.get(0), row.get(1));
            }
            if (!relations && !previous.startsWith("\\")) {
                for (List<@Nullable String> row :
                        session.query(columnsQuery(word, line.line())).rows()) {
                    add(candidates, row.get(0), row.get(1));
                }
                keywords(word, candidates);
            }
        } catch (SQLException e) {
            // Nothing is offered then; the next statement tells what is wrong.
            return;
        }
    }

    private void keywords(String word, List<Candidate> candidates) throws SQLException {
        if (keywords.isEmpty()) {
            List<String> found = new ArrayList<>();
            for (List<@Nullable String> row :
                    session.query("SELECT word FROM pg_catalog.pg_get_keywords()").rows()) {
                found.add(String.valueOf(row.get(0)));
            }
            keywords = found;
        }
        boolean upper = !word.equals(word.toLowerCase(Locale.ROOT));
        for (String keyword : keywords) {
            add(candidates, upper ? keyword.toUpperCase(Locale.ROOT) : keyword, "keyword");
        }
    }

    private static String relationsQuery(String word) {
        String prefix = NamePattern.literal(word.toLowerCase(Locale.ROOT).replace("_", "\\_"));
        return "SELECT name, kind FROM (SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN"
                + " pg_catalog.quote_ident(c.relname) ELSE pg_catalog.quote_ident(n.nspname) || '.'"
                + " || pg_catalog.quote_ident(c.relname) END AS name, 'relation' AS kind FROM"
                + " pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r','v','m','f','p','S')"
                + " UNION ALL SELECT pg_catalog.quote_ident(nspname) || '.', 'schema' FROM"
                + " pg_catalog.pg_namespace UNION ALL SELECT DISTINCT"
                + " pg_catalog.quote_ident(proname) || '(', 'function' FROM pg_catalog.pg_proc"
                + " WHERE pg_catalog.pg_function_is_visible(oid)) q WHERE name LIKE "
                + prefix
                + " || '%' ORDER BY 1 LIMIT "
                + LIMIT;
    }

    /** The columns of relations that the statement names. */
    private static String columnsQuery(String word, String line) {
        return "SELECT DISTINCT pg_catalog.quote_ident(a.attname), c.relname::text FROM"
                + " pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                + " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN"
                + " ('r','v','m','f','p') AND pg_catalog.pg_table_is_visible(c.oid) AND c.relname"
                + " = ANY (pg_catalog.regexp_split_to_array(pg_catalog.lower("
                + NamePattern.literal(line)
                + "), '[^a-z0-9_$]+')) AND a.attname LIKE "
                + NamePattern.literal(word.toLowerCase(Locale.ROOT).replace("_", "\\_"))
                + " || '%' ORDER BY 1 LIMIT "
                + LIMIT;
    }

    private static void add(
            List<Candidate> candidates, @Nullable String value, @Nullable String kind) {
        if (value != null) {
            boolean complete = !value.endsWith("(") && !value.endsWith(".");
            candidates.add(new Candidate(value, value, null, kind, null, null, complete));
        }
    }
}
