package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of one SCRAM-SHA-256 exchange, without channel binding. Names of values are
 * those of RFC 5802, section 3. Not thread-safe.
 */
final class ScramExchange {
    static final String MECHANISM = "SCRAM-SHA-256";
    static final int KEY_BYTES = 32;

    /** gs2 header without channel binding, an authorization identity that is not used, n=, r=. */
    private static final Pattern CLIENT_FIRST =
            Pattern.compile("([ny],(?:a=[^,]*)?,)(n=[^,]*,r=([\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?)");

    private static final Pattern CLIENT_FINAL =
            Pattern.compile("(c=([^,]*),r=([^,]*)(?:,.*)?),p=([^,]*)");

    private final ScramVerifier verifier;
    private final String gs2Header;
    private final String clientFirstBare;
    private final String nonce;
    private final String serverFirst;

    private ScramExchange(ScramVerifier verifier, Matcher clientFirst, String serverNonce) {
        this.verifier = verifier;
        this.gs2Header = clientFirst.group(1);
        this.clientFirstBare = clientFirst.group(2);
        this.nonce = clientFirst.group(3) + serverNonce;
        this.serverFirst =
                "r=" + nonce + ",s=" + verifier.saltBase64() + ",i=" + verifier.iterations();
    }

    /** Returns whether a client's first message is one that can be answered. */
    static boolean canBegin(String clientFirst) {
        return CLIENT_FIRST.matcher(clientFirst).matches();
    }

    /** Begins with the client's first message; nothing if it is not one that can be answered. */
    static Optional<ScramExchange> begin(
            ScramVerifier verifier, String clientFirst, String serverNonce) {
        Matcher matcher = CLIENT_FIRST.matcher(clientFirst);
        return matcher.matches()
                ? Optional.of(new ScramExchange(verifier, matcher, serverNonce))
                : Optional.empty();
    }

    /** Returns the server's first message. */
    String serverFirst() {
        return serverFirst;
    }

    /**
     * Checks the client's final message.
     *
     * @return the server's final message, or nothing if the proof is wrong
     */
    Optional<String> finish(String clientFinal) {
        Matcher matcher = CLIENT_FINAL.matcher(clientFinal);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String binding = Base64.getEncoder().encodeToString(gs2Header.getBytes(UTF_8));
        if (!matcher.group(2).equals(binding) || !matcher.group(3).equals(nonce)) {
            return Optional.empty();
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(matcher.group(4));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String authMessage = clientFirstBare + "," + serverFirst + "," + matcher.group(1);
        byte[] clientKey = hmac(verifier.storedKey(), authMessage);
        if (proof.length != clientKey.length) {
            return Optional.empty();
        }
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] ^= proof[i];
        }
        // A mock is compared like any other, and then fails whatever came out.
        if (!MessageDigest.isEqual(sha256().digest(clientKey), verifier.storedKey())
                || verifier.isMock()) {
            return Optional.empty();
        }
        byte[] signature = hmac(verifier.serverKey(), authMessage);
        Arrays.fill(clientKey, (byte) 0);
        return Optional.of("v=" + Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
