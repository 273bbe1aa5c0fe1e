package io.github.jdbcpglite.engine.nativecode;

import java.util.Locale;
import java.util.Map;

/** Names the platform of this JVM as artifacts and resources are named. */
public final class NativePlatform {
    private static final Map<String, String> PROCESSORS =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch64", "arm64", "aarch64");

    private NativePlatform() {}

    /** Returns the name, such as {@code linux-x86_64}. */
    public static String current() {
        return name(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** Returns the name of a platform, whose parts are those of the JVM's properties. */
    static String name(String os, String architecture) {
        String processor = architecture.toLowerCase(Locale.ROOT);
        return system(os.toLowerCase(Locale.ROOT))
                + "-"
                + PROCESSORS.getOrDefault(processor, processor);
    }

    private static String system(String os) {
        if (os.startsWith("mac")) {
            return "macos";
        }
        if (os.startsWith("windows")) {
            return "windows";
        }
        return os.replace(' ', '_');
    }
}
