package io.github.jdbcpglite.conformance.differential;

/**
 * A column that an expression may name.
 *
 * @param name as it is written, with its table's alias where it has one
 * @param type its type
 */
record Column(String name, SqlType type) {
    /** Returns this column under a table's alias. */
    Column of(String alias) {
        return new Column(alias + "." + name, type);
    }
}
