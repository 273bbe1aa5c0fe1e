package io.github.jdbcpglite.cli.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The database that a URL of this driver names. Stateless. */
final class DatabaseInUrl {
    /** Of the targets that last, the one that may name a database. */
    private static final String MEMORY = "jdbc:pglite:memory:";

    private static final Set<String> KEYS = Set.of("database", "PGDBNAME");

    private DatabaseInUrl() {}

    /** Returns the URL without its database, so that a property can name another. */
    static String remove(String url) {
        int query = url.indexOf('?');
        String target = query < 0 ? url : url.substring(0, query);
        String rest = target;
        if (target.startsWith(MEMORY)) {
            int name = MEMORY.length() + (target.startsWith("//", MEMORY.length()) ? 2 : 0);
            int slash = target.indexOf('/', name);
            rest = slash < 0 ? target : target.substring(0, slash);
        }
        if (query < 0) {
            return rest;
        }
        List<String> parameters = Arrays.asList(url.substring(query + 1).split("&", -1));
        String kept =
                parameters.stream()
                        .filter(parameter -> !KEYS.contains(parameter.replaceAll("=.*", "")))
                        .collect(Collectors.joining("&"));
        return kept.isEmpty() ? rest : rest + "?" + kept;
    }
}
