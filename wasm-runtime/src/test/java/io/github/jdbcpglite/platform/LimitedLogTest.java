package io.github.jdbcpglite.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitedLogTest {
    private final List<String> lines = new ArrayList<>();
    private final Logger logger =
            new Logger() {
                @Override
                public String getName() {
                    return "test";
                }

                @Override
                public boolean isLoggable(Level level) {
                    return true;
                }

                @Override
                public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
                    lines.add(text);
                }

                @Override
                public void log(Level level, ResourceBundle bundle, String text, Object... params) {
                    lines.add(text);
                }
            };

    @Test
    void countsWhatItLeavesOut() {
        AtomicLong now = new AtomicLong(-5);
        LimitedLog log = new LimitedLog(now::get);
        IOException failure = new IOException("again");
        for (int i = 0; i < 1000; i++) {
            log.log(logger, Logger.Level.WARNING, "failed", failure);
        }
        assertThat(lines).hasSize(LimitedLog.LINES).allMatch("failed"::equals);

        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.log(logger, Logger.Level.WARNING, "failed", failure);
        log.log(logger, Logger.Level.WARNING, "failed", failure);
        assertThat(lines.get(LimitedLog.LINES)).contains("990 lines");
        assertThat(lines.get(LimitedLog.LINES + 1)).isEqualTo("failed");
    }
}
