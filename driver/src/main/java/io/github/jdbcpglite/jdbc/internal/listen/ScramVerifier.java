package io.github.jdbcpglite.jdbc.internal.listen;

import java.security.SecureRandom;
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
    private static final int MOCK_ITERATIONS = 4096;
    private static final int MOCK_SALT_BYTES = 16;

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    /** Reads a verifier; nothing if it is another form, such as MD5. */
    static Optional<ScramVerifier> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(
                    new ScramVerifier(
                            Integer.parseInt(parts.group(1)),
                            decoder.decode(parts.group(2)),
                            decoder.decode(parts.group(3)),
                            decoder.decode(parts.group(4))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns one that no password fits, so that a role that does not exist looks to a client like
     * one with another password.
     */
    static ScramVerifier mock(SecureRandom random) {
        byte[] salt = new byte[MOCK_SALT_BYTES];
        byte[] key = new byte[ScramExchange.KEY_BYTES];
        random.nextBytes(salt);
        random.nextBytes(key);
        return new ScramVerifier(MOCK_ITERATIONS, salt, key, key);
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
