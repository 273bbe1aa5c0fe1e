package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pg_authid.rolpassword} holds of a password: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}, the last three in Base64.
 */
final class ScramVerifier {
    private static final Pattern FORM =
            Pattern.compile("SCRAM-SHA-256\\$([0-9]{1,9}):([^$]+)\\$([^:]+):(.+)");
    private static final int MOCK_SALT_BYTES = 16;

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;
    private final boolean mock;

    private ScramVerifier(
            int iterations, byte[] salt, byte[] storedKey, byte[] serverKey, boolean mock) {
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
        this.mock = mock;
    }

    /** Reads a verifier; nothing if it is another form, such as MD5. */
    static Optional<ScramVerifier> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            int iterations = Integer.parseInt(parts.group(1));
            byte[] storedKey = decoder.decode(parts.group(3));
            byte[] serverKey = decoder.decode(parts.group(4));
            return iterations > 0
                            && storedKey.length == ScramExchange.KEY_BYTES
                            && serverKey.length == ScramExchange.KEY_BYTES
                    ? Optional.of(
                            new ScramVerifier(
                                    iterations,
                                    decoder.decode(parts.group(2)),
                                    storedKey,
                                    serverKey,
                                    false))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns one that no password fits, so that a role that does not exist looks to a client like
     * one with another password: its salt is the same each time, as {@code scram_mock_salt} of
     * {@code auth-scram.c} has it.
     *
     * @param nonce of the cluster, which strangers do not know
     */
    static ScramVerifier mock(String user, byte[] nonce, int iterations) {
        MessageDigest digest = ScramExchange.sha256();
        digest.update(user.getBytes(UTF_8));
        byte[] salt = Arrays.copyOf(digest.digest(nonce), MOCK_SALT_BYTES);
        byte[] key = new byte[ScramExchange.KEY_BYTES];
        return new ScramVerifier(iterations, salt, key, key, true);
    }

    /** Returns whether no password fits. */
    boolean isMock() {
        return mock;
    }

    int iterations() {
        return iterations;
    }

    String saltBase64() {
        return Base64.getEncoder().encodeToString(salt);
    }

    byte[] storedKey() {
        return Arrays.copyOf(storedKey, storedKey.length);
    }

    byte[] serverKey() {
        return Arrays.copyOf(serverKey, serverKey.length);
    }
}
