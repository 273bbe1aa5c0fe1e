package io.github.jdbcpglite.conformance.server;

import java.util.Locale;
import java.util.Properties;

/** The way pgjdbc puts a statement to the server. */
public enum QueryMode {
    /** One Query message, all values as text. */
    SIMPLE("simple"),
    /** Parse, Bind and Execute, values as text. */
    EXTENDED("extended"),
    /** Parse, Bind and Execute with named statements and binary values from the first use on. */
    BINARY("extended");

    private final String preferQueryMode;

    QueryMode(String preferQueryMode) {
        this.preferQueryMode = preferQueryMode;
    }

    void apply(Properties properties) {
        properties.setProperty("preferQueryMode", preferQueryMode);
        properties.setProperty("prepareThreshold", this == BINARY ? "-1" : "0");
        properties.setProperty("binaryTransfer", Boolean.toString(this == BINARY));
    }

    /** Returns the mode's name as scripts and properties spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the mode of a name.
     *
     * @throws IllegalArgumentException if there is no such mode
     */
    public static QueryMode of(String label) {
        return valueOf(label.trim().toUpperCase(Locale.ROOT));
    }
}
