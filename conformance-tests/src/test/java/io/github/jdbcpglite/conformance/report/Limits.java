package io.github.jdbcpglite.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The listed differences: {@code limits.properties}, id = reason. Immutable. */
public final class Limits {
    private final SortedMap<String, String> reasons;

    private Limits(SortedMap<String, String> reasons) {
        this.reasons = reasons;
    }

    /** Reads the list. */
    public static Limits load() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Limits.class.getResourceAsStream("/limits.properties")) {
            if (in == null) {
                throw new IOException("/limits.properties is not on the class path");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        SortedMap<String, String> reasons = new TreeMap<>();
        for (String id : properties.stringPropertyNames()) {
            reasons.put(id, properties.getProperty(id));
        }
        return new Limits(reasons);
    }

    /** Returns the ids of all limits. */
    public Set<String> ids() {
        return java.util.Collections.unmodifiableSet(reasons.keySet());
    }

    /**
     * Returns a limit's reason.
     *
     * @throws IllegalArgumentException if the id is not listed
     */
    public String reason(String id) {
        String reason = reasons.get(id);
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "limits.properties gives no reason for the limit " + id);
        }
        return reason;
    }
}
