package io.github.jdbcpglite.jdbc.internal.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Channel sources by token, each for as long as pgjdbc is making its connection. Thread-safe. */
public final class ChannelSources {
    private static final Map<String, ChannelSource> SOURCES = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(1);

    private ChannelSources() {}

    /** Keeps a source and returns the token it is found by, until {@link #remove}. */
    public static String add(ChannelSource source) {
        String token = "pglite-" + NEXT.getAndIncrement();
        SOURCES.put(token, source);
        return token;
    }

    /** Lets go of the source of a token. */
    public static void remove(String token) {
        SOURCES.remove(token);
    }

    static @Nullable ChannelSource find(String token) {
        return SOURCES.get(token);
    }
}
