package io.github.jdbcpglite.testing;

import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Makes test databases from templates, and templates from test databases. Thread-safe; for one name
 * at a time it is called by one thread.
 */
interface Copies {
    /** Returns the URL of a test database or of what is to become a template. */
    String url(String name);

    /** Makes an empty database, to be filled, and returns its name. */
    String empty() throws SQLException;

    /** Returns whether what is to become a template can be kept in an archive. */
    boolean hasArchives();

    /** Makes what is to become a template from an archive and returns its name. */
    String load(Path archive) throws SQLException;

    /** Writes what is to become a template to an archive that does not exist. */
    void write(String name, Path archive) throws SQLException;

    /** Makes a database a template; its connections are ended, and none is let in any more. */
    void freeze(String name) throws SQLException;

    /** Makes a test database from a template and returns its name. */
    String copyOf(String template) throws SQLException;

    /** Makes a template of a test database as it is, ends its connections, returns its name. */
    String keep(String name) throws SQLException;

    /** Makes a test database a copy of a template again; its connections are ended. */
    void replace(String name, String template) throws SQLException;

    /** Ends what has a name, whether it is a template or not, and its connections. */
    void drop(String name) throws SQLException;
}
