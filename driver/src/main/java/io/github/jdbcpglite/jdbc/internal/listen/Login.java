package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** What a client says before its bytes are PostgreSQL's: requests, startup packet, password. */
final class Login {
    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_ENC_REQUEST = 80877104;
    private static final int NONCE_BYTES = 18;
    private static final int AUTH_SASL = 10;
    private static final int AUTH_SASL_CONTINUE = 11;
    private static final int AUTH_SASL_FINAL = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Gate gate;
    private final SocketChannel channel;

    Login(Gate gate, SocketChannel channel) {
        this.gate = gate;
        this.channel = channel;
    }

    /** A packet for a backend. {@code cancel} means that no answer follows. */
    record Admitted(byte[] packet, boolean cancel) {}

    /**
     * Talks to the client until it may have a backend.
     *
     * @return the packet to begin with, or nothing if the client was refused and told so, as far as
     *     the protocol has an answer
     */
    Optional<Admitted> run() throws IOException, ClusterException {
        // A client asks at most once for each kind of encryption.
        for (int request = 0; request <= 2; request++) {
            ByteBuffer packet = Wire.readPacket(channel);
            switch (packet.getInt(0)) {
                case SSL_REQUEST, GSS_ENC_REQUEST -> Wire.write(channel, new byte[] {'N'});
                case CANCEL_REQUEST -> {
                    return gate.cancelKeys().fit(packet.duplicate().position(Integer.BYTES))
                            ? Optional.of(new Admitted(withLength(packet), true))
                            : Optional.empty();
                }
                default -> {
                    return startup(packet);
                }
            }
        }
        throw new ProtocolException("too many requests for encryption");
    }

    private Optional<Admitted> startup(ByteBuffer packet) throws IOException, ClusterException {
        int version = packet.getInt();
        if (version >>> 16 != 3) {
            Wire.write(
                    channel,
                    Wire.fatal(
                            "0A000",
                            "unsupported frontend protocol "
                                    + (version >>> 16)
                                    + "."
                                    + (version & 0xffff)
                                    + ": server supports 3.0 to 3.2"));
            return Optional.empty();
        }
        String user = "";
        while (packet.hasRemaining()) {
            String key = Wire.text(packet);
            if (key.isEmpty()) {
                break;
            }
            String value = Wire.text(packet);
            if (key.equals("user")) {
                user = value;
            }
        }
        if (gate.passwordNeeded() && !authenticate(user)) {
            Wire.write(
                    channel,
                    Wire.fatal(
                            "28P01", "password authentication failed for user \"" + user + "\""));
            return Optional.empty();
        }
        return Optional.of(new Admitted(withLength(packet), false));
    }

    private boolean authenticate(String user) throws IOException, ClusterException {
        Wire.write(
                channel,
                new Wire.Body()
                        .int32(AUTH_SASL)
                        .text(ScramExchange.MECHANISM)
                        .raw(new byte[1])
                        .message('R'));
        ByteBuffer first = Wire.readMessage(channel, 'p');
        if (!Wire.text(first).equals(ScramExchange.MECHANISM)
                || first.remaining() < Integer.BYTES
                || first.getInt() != first.remaining()) {
            throw new ProtocolException("malformed SASL response");
        }
        String clientFirst = UTF_8.decode(first).toString();
        if (!ScramExchange.canBegin(clientFirst)) {
            throw new ProtocolException("malformed SCRAM message");
        }
        // Not earlier, so that PostgreSQL is asked only for those who speak SCRAM.
        ScramVerifier verifier = gate.verifiers().find(user);
        ScramExchange exchange = ScramExchange.begin(verifier, clientFirst, nonce()).orElseThrow();
        Wire.write(
                channel,
                new Wire.Body().int32(AUTH_SASL_CONTINUE).raw(exchange.serverFirst()).message('R'));
        ByteBuffer proof = Wire.readMessage(channel, 'p');
        Optional<String> signature = exchange.finish(UTF_8.decode(proof).toString());
        if (signature.isEmpty()) {
            return false;
        }
        Wire.write(
                channel, new Wire.Body().int32(AUTH_SASL_FINAL).raw(signature.get()).message('R'));
        return true;
    }

    private static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] withLength(ByteBuffer packet) {
        return new Wire.Body().raw(Wire.bytes(packet.duplicate().rewind())).withLength();
    }
}
