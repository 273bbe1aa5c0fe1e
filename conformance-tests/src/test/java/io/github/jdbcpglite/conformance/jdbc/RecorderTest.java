package io.github.jdbcpglite.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Map;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

final class RecorderTest {
    private final Recorder record = new Recorder();

    @Test
    void valuesAreTakenDownWithTheirTypes() {
        record.call("int", () -> 1);
        record.call("long", () -> 1L);
        record.call("null", () -> null);
        record.call("bytes", () -> new byte[] {1, -1});
        record.call("nested", () -> new Object[] {new Integer[] {1, null}, "x"});
        record.call("stream", () -> new ByteArrayInputStream(new byte[] {65}));
        record.call("map", () -> Map.of("b", 1, "a", 2));
        record.run("action", () -> {});
        assertThat(record.answer().lines())
                .containsExactly(
                        "int = Integer 1",
                        "long = Long 1",
                        "null = null",
                        "bytes = bytes 01ff",
                        "nested = Object[][Integer[][Integer 1, null], String x]",
                        "stream = stream 41",
                        "map = map {a=2, b=1}",
                        "action = String done");
        assertThat(record.calls()).isEqualTo(8);
    }

    @Test
    void exceptionsAreTakenDownWithTheirStates() {
        record.call(
                "sql",
                () -> {
                    throw new SQLException("no", "42000");
                });
        record.call(
                "batch",
                () -> {
                    BatchUpdateException batch =
                            new BatchUpdateException("b", "23505", new int[] {1, -3});
                    batch.setNextException(new SQLException("dup", "23505"));
                    throw batch;
                });
        record.call(
                "xa",
                () -> {
                    throw new XAException(XAException.XAER_NOTA);
                });
        record.call(
                "other",
                () -> {
                    throw new IllegalStateException("other");
                });
        assertThat(record.answer().lines())
                .containsExactly(
                        "sql ! SQLException client error 42000 no",
                        "batch ! BatchUpdateException 23505 [1, -3] next client error 23505 dup",
                        "xa ! XAException -4",
                        "other ! IllegalStateException other");
    }

    @Test
    void aLongTextIsCutAndStillToldFromOthers() {
        record.call("a", () -> "x".repeat(5000) + "a");
        record.call("b", () -> "x".repeat(5000) + "b");
        assertThat(record.answer().lines().get(0)).hasSizeLessThan(2200).contains("5008");
        assertThat(record.answer().lines().get(0).substring(1))
                .isNotEqualTo(record.answer().lines().get(1).substring(1));
    }
}
