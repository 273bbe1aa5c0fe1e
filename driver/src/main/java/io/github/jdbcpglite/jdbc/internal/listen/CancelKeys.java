package io.github.jdbcpglite.jdbc.internal.listen;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What proves that a cancel request comes from the client whose statement it is to end: the keys
 * that PostgreSQL gave to the sessions of one listener. Without a right one a request costs no
 * backend. Thread-safe.
 */
final class CancelKeys {
    private final Map<Integer, byte[]> keys = new ConcurrentHashMap<>();

    /**
     * Remembers a session's key.
     *
     * @param data the body of BackendKeyData: a process number and a key of any length
     * @return the process number
     */
    int add(ByteBuffer data) {
        int pid = data.getInt();
        keys.put(pid, Wire.bytes(data));
        return pid;
    }

    void remove(int pid) {
        keys.remove(pid);
    }

    /**
     * Returns whether a request has the key of a session that goes on. How much of a wrong key is
     * right cannot be told from the time it takes.
     *
     * @param request what follows the code of a CancelRequest
     */
    boolean fit(ByteBuffer request) {
        if (request.remaining() <= Integer.BYTES) {
            return false;
        }
        byte[] key = keys.get(request.getInt());
        return key != null && MessageDigest.isEqual(key, Wire.bytes(request));
    }
}
