package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.AnswerReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Writes values and exceptions as text that is equal when they are. */
final class Describe {
    private static final int LONGEST = 2000;

    private Describe() {}

    /** Returns a value's type and content; what has only identity is described by its interface. */
    static String value(@Nullable Object value) throws SQLException, IOException {
        String text = content(value);
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "… " + text.length() + " #" + text.hashCode();
    }

    private static String content(@Nullable Object value) throws SQLException, IOException {
        if (value == null) {
            return "null";
        } else if (value instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        } else if (value.getClass().isArray()) {
            return value instanceof Object[] objects ? elements(objects) : primitives(value);
        } else if (value instanceof ResultSet rows) {
            try (rows) {
                return rows(rows);
            }
        } else if (value instanceof Array array) {
            return "array of " + array.getBaseTypeName() + " " + array;
        } else if (value instanceof SQLXML xml) {
            return "xml " + xml.getString();
        } else if (value instanceof InputStream in) {
            return "stream " + HexFormat.of().formatHex(in.readAllBytes());
        } else if (value instanceof Reader reader) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return "reader " + text;
        } else if (value instanceof Blob blob) {
            return "blob of " + blob.length();
        } else if (value instanceof Clob clob) {
            return "clob of " + clob.length();
        } else if (value instanceof PGobject object) {
            return object.getClass().getSimpleName() + " " + object.getType() + " " + object;
        } else if (value instanceof Map<?, ?> map) {
            return "map " + new TreeMap<>(map);
        } else if (value instanceof Wrapper) {
            return value.getClass().getSimpleName();
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    private static String primitives(Object array) {
        if (array instanceof int[] ints) {
            return "int " + Arrays.toString(ints);
        } else if (array instanceof long[] longs) {
            return "long " + Arrays.toString(longs);
        }
        return array.getClass().getSimpleName();
    }

    private static String elements(Object[] values) throws SQLException, IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : values) {
            texts.add(content(element));
        }
        return values.getClass().getSimpleName() + texts;
    }

    private static String rows(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            text.append(i == 1 ? "" : "|").append(meta.getColumnLabel(i));
        }
        while (rows.next()) {
            text.append('\n');
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                text.append(i == 1 ? "" : "|").append(rows.getString(i));
            }
        }
        return text.toString();
    }

    /** Returns an exception's class, SQLState, message and, from the server, all fields. */
    static String error(Throwable error) {
        if (error instanceof BatchUpdateException batch) {
            SQLException next = batch.getNextException();
            return "BatchUpdateException "
                    + batch.getSQLState()
                    + " "
                    + Arrays.toString(batch.getUpdateCounts())
                    + (next == null ? "" : " next " + AnswerReader.error(next));
        } else if (error instanceof SQLException sql) {
            return sql.getClass().getSimpleName() + " " + AnswerReader.error(sql);
        } else if (error instanceof XAException xa) {
            Throwable cause = xa.getCause();
            return "XAException " + xa.errorCode + (cause == null ? "" : " " + error(cause));
        }
        Throwable cause = error.getCause();
        return error.getClass().getSimpleName()
                + (cause instanceof SQLException ? " " + error(cause) : " " + error.getMessage());
    }
}
