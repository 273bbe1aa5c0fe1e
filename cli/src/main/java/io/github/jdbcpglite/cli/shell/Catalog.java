package io.github.jdbcpglite.cli.shell;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries behind the lists of {@code \d}. Stateless. */
final class Catalog {
    private static final String NOT_SYSTEM =
            "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'";

    private static final Map<Character, String> RELATION_KINDS =
            Map.of('t', "'r','p'", 'i', "'i','I'", 'v', "'v'", 'm', "'m'", 's', "'S'", 'E', "'f'");

    private Catalog() {}

    /**
     * What a list is asked for.
     *
     * @param name of the command, as {@code dt}
     * @param pattern of names, or null for all
     * @param system whether objects of PostgreSQL are shown too
     * @param verbose whether sizes and comments are shown
     */
    record Request(String name, @Nullable String pattern, boolean system, boolean verbose) {
        private String where(String schema, String column, String visible) {
            if (pattern != null) {
                return new NamePattern(pattern).on(schema, column, visible);
            }
            return visible + (system ? "" : " AND " + NOT_SYSTEM);
        }

        private String whereName(String column) {
            return pattern == null ? "true" : new NamePattern(pattern).on(column);
        }

        private String ifVerbose(String columns) {
            return verbose ? columns : "";
        }
    }

    /** Returns the query of a list, or null if there is no such list. */
    static @Nullable String query(Request request) {
        String name = request.name();
        if (name.matches("d[tivmsE]+")) {
            return relations(request);
        }
        return switch (name) {
            case "df" -> functions(request);
            case "dn" -> schemas(request);
            case "du", "dg" -> roles(request);
            case "l" -> databases(request);
            case "dx" -> extensions(request);
            case "dT" -> types(request);
            case "dD" -> domains(request);
            case "dp", "z" -> privileges(request);
            default -> null;
        };
    }

    static String title(String name) {
        return switch (name) {
            case "df" -> "List of functions";
            case "dn" -> "List of schemas";
            case "du", "dg" -> "List of roles";
            case "l" -> "List of databases";
            case "dx" -> "List of installed extensions";
            case "dT" -> "List of data types";
            case "dD" -> "List of domains";
            case "dp", "z" -> "Access privileges";
            default -> "List of relations";
        };
    }

    private static String relations(Request request) {
        StringBuilder kinds = new StringBuilder();
        for (char c : request.name().substring(1).toCharArray()) {
            kinds.append(kinds.isEmpty() ? "" : ",").append(RELATION_KINDS.get(c));
        }
        boolean indexes = request.name().indexOf('i') > 0;
        return "SELECT n.nspname AS \"Schema\", c.relname AS \"Name\","
                + " CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'"
                + " WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index'"
                + " WHEN 'I' THEN 'partitioned index' WHEN 'S' THEN 'sequence'"
                + " WHEN 'f' THEN 'foreign table' END AS \"Type\","
                + " pg_catalog.pg_get_userbyid(c.relowner) AS \"Owner\""
                + (indexes ? ", t.relname AS \"Table\"" : "")
                + request.ifVerbose(
                        ", pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) AS \"Size\","
                                + " pg_catalog.obj_description(c.oid, 'pg_class') AS"
                                + " \"Description\"")
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
                + " LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
                + " WHERE c.relkind IN ("
                + kinds
                + ") AND "
                + request.where("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)")
                + " ORDER BY 1, 2";
    }

    private static String functions(Request request) {
        return "SELECT n.nspname AS \"Schema\", p.proname AS \"Name\","
                + " pg_catalog.pg_get_function_result(p.oid) AS \"Result data type\","
                + " pg_catalog.pg_get_function_arguments(p.oid) AS \"Argument data types\","
                + " CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc'"
                + " ELSE 'func' END AS \"Type\""
                + request.ifVerbose(
                        ", l.lanname AS \"Language\","
                                + " pg_catalog.obj_description(p.oid, 'pg_proc') AS"
                                + " \"Description\"")
                + " FROM pg_catalog.pg_proc p"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
                + " JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE "
                + request.where(
                        "n.nspname", "p.proname", "pg_catalog.pg_function_is_visible(p.oid)")
                + " ORDER BY 1, 2, 4";
    }

    private static String schemas(Request request) {
        String all =
                request.system()
                        ? "true"
                        : "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
        return "SELECT n.nspname AS \"Name\", pg_catalog.pg_get_userbyid(n.nspowner) AS \"Owner\""
                + request.ifVerbose(
                        ", pg_catalog.array_to_string(n.nspacl, E'\\n') AS \"Access privileges\","
                                + " pg_catalog.obj_description(n.oid, 'pg_namespace') AS"
                                + " \"Description\"")
                + " FROM pg_catalog.pg_namespace n WHERE "
                + (request.pattern() == null ? all : request.whereName("n.nspname"))
                + " ORDER BY 1";
    }

    private static String roles(Request request) {
        return "SELECT r.rolname AS \"Role name\", pg_catalog.concat_ws(', ',"
                + " CASE WHEN r.rolsuper THEN 'Superuser' END,"
                + " CASE WHEN NOT r.rolinherit THEN 'No inheritance' END,"
                + " CASE WHEN r.rolcreaterole THEN 'Create role' END,"
                + " CASE WHEN r.rolcreatedb THEN 'Create DB' END,"
                + " CASE WHEN NOT r.rolcanlogin THEN 'Cannot login' END,"
                + " CASE WHEN r.rolreplication THEN 'Replication' END,"
                + " CASE WHEN r.rolbypassrls THEN 'Bypass RLS' END,"
                + " CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit || ' connections' END)"
                + " AS \"Attributes\","
                + " ARRAY(SELECT g.rolname FROM pg_catalog.pg_auth_members m"
                + " JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid"
                + " ORDER BY 1) AS \"Member of\""
                + request.ifVerbose(
                        ", pg_catalog.shobj_description(r.oid, 'pg_authid') AS \"Description\"")
                + " FROM pg_catalog.pg_roles r WHERE "
                + (request.pattern() == null && !request.system()
                        ? "r.rolname !~ '^pg_'"
                        : request.whereName("r.rolname"))
                + " ORDER BY 1";
    }

    private static String databases(Request request) {
        return "SELECT d.datname AS \"Name\", pg_catalog.pg_get_userbyid(d.datdba) AS \"Owner\","
                + " pg_catalog.pg_encoding_to_char(d.encoding) AS \"Encoding\","
                + " d.datcollate AS \"Collate\", d.datctype AS \"Ctype\","
                + " pg_catalog.array_to_string(d.datacl, E'\\n') AS \"Access privileges\""
                + request.ifVerbose(
                        ", CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT') THEN"
                                + " pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.oid))"
                                + " END AS \"Size\","
                                + " pg_catalog.shobj_description(d.oid, 'pg_database') AS"
                                + " \"Description\"")
                + " FROM pg_catalog.pg_database d WHERE "
                + request.whereName("d.datname")
                + " ORDER BY 1";
    }

    private static String extensions(Request request) {
        return "SELECT e.extname AS \"Name\", e.extversion AS \"Version\", n.nspname AS \"Schema\","
                + " pg_catalog.obj_description(e.oid, 'pg_extension') AS \"Description\""
                + " FROM pg_catalog.pg_extension e"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE "
                + request.whereName("e.extname")
                + " ORDER BY 1";
    }

    private static String types(Request request) {
        return "SELECT n.nspname AS \"Schema\", pg_catalog.format_type(t.oid, NULL) AS \"Name\","
                + request.ifVerbose(
                        " ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e"
                                + " WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)"
                                + " AS \"Elements\",")
                + " pg_catalog.obj_description(t.oid, 'pg_type') AS \"Description\""
                + " FROM pg_catalog.pg_type t"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                + " WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c"
                + " WHERE c.oid = t.typrelid)) AND NOT EXISTS (SELECT FROM pg_catalog.pg_type a"
                + " WHERE a.oid = t.typelem AND a.typarray = t.oid) AND "
                + request.where("n.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)")
                + " ORDER BY 1, 2";
    }

    private static String domains(Request request) {
        return "SELECT n.nspname AS \"Schema\", t.typname AS \"Name\","
                + " pg_catalog.format_type(t.typbasetype, t.typtypmod) AS \"Type\","
                + " CASE WHEN t.typnotnull THEN 'not null' END AS \"Nullable\","
                + " t.typdefault AS \"Default\","
                + " pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.pg_get_constraintdef(c.oid,"
                + " true) FROM pg_catalog.pg_constraint c WHERE c.contypid = t.oid AND"
                + " c.contype = 'c' ORDER BY c.conname), ' ') AS \"Check\""
                + " FROM pg_catalog.pg_type t"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                + " WHERE t.typtype = 'd' AND "
                + request.where("n.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)")
                + " ORDER BY 1, 2";
    }

    private static String privileges(Request request) {
        return "SELECT n.nspname AS \"Schema\", c.relname AS \"Name\","
                + " CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'S' THEN"
                + " 'sequence' ELSE c.relkind::text END AS \"Type\","
                + " pg_catalog.array_to_string(c.relacl, E'\\n') AS \"Access privileges\""
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r','v','m','S','f','p') AND "
                + request.where("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)")
                + " ORDER BY 1, 2";
    }
}
