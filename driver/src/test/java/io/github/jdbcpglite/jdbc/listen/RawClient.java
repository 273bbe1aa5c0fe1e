package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of a listener that sends what it is told to, so that it can stop at any point of a
 * login, or lie. Not thread-safe.
 */
final class RawClient implements AutoCloseable {
    private static final int ANSWER_MILLIS = 60_000;
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String CLIENT_FIRST_BARE = "n=,r=" + NONCE;
    private static final int PROTOCOL = 3 << 16;
    private static final int CANCEL_REQUEST = 80877102;

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(ANSWER_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** A message from the server. */
    record Message(char type, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }

    /** What a server challenges a client with. */
    record Challenge(String message, String salt, int iterations) {}

    static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Returns a startup packet.
     *
     * @param more further parameters, keys and values in turn
     */
    static byte[] startup(String user, String... more) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ByteBuffer.allocate(4).putInt(PROTOCOL).array());
        body.writeBytes(("user\0" + user + "\0database\0postgres\0").getBytes(UTF_8));
        for (String text : more) {
            body.writeBytes((text + "\0").getBytes(UTF_8));
        }
        body.write(0);
        return withLength(body.toByteArray());
    }

    static byte[] cancelRequest(int pid, byte[] key) {
        return withLength(
                ByteBuffer.allocate(8 + key.length)
                        .putInt(CANCEL_REQUEST)
                        .putInt(pid)
                        .put(key)
                        .array());
    }

    static byte[] clientFirst() {
        byte[] message = ("n,," + CLIENT_FIRST_BARE).getBytes(UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("SCRAM-SHA-256\0".getBytes(UTF_8));
        body.writeBytes(withoutOwnLength(message));
        return message('p', body.toByteArray());
    }

    /** Sends a startup packet and the first SCRAM message; returns the server's. */
    Challenge challenge(String user, String... more) throws IOException {
        send(startup(user, more));
        expect('R');
        send(clientFirst());
        byte[] body = expect('R').body();
        String first = new String(body, 4, body.length - 4, UTF_8);
        String[] parts = first.split(",", -1);
        return new Challenge(first, parts[1].substring(2), Integer.parseInt(parts[2].substring(2)));
    }

    /** Proves the password against a challenge. */
    byte[] proof(Challenge challenge, String password) throws GeneralSecurityException {
        byte[] salted =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(
                                new PBEKeySpec(
                                        password.toCharArray(),
                                        Base64.getDecoder().decode(challenge.salt()),
                                        challenge.iterations(),
                                        256))
                        .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String nonce = challenge.message().split(",", -1)[0].substring(2);
        String withoutProof = "c=biws,r=" + nonce;
        byte[] signature =
                hmac(
                        MessageDigest.getInstance("SHA-256").digest(clientKey),
                        CLIENT_FIRST_BARE + "," + challenge.message() + "," + withoutProof);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        String proof = withoutProof + ",p=" + Base64.getEncoder().encodeToString(clientKey);
        return message('p', proof.getBytes(UTF_8));
    }

    /** Logs in and returns the body of BackendKeyData. */
    ByteBuffer login(String user, String password) throws Exception {
        send(proof(challenge(user), password));
        Message key = read();
        while (key.type() != 'K') {
            if (key.type() == 'E') {
                throw new IOException(key.text());
            }
            key = read();
        }
        while (read().type() != 'Z') {
            // Parameters do not matter.
        }
        return ByteBuffer.wrap(key.body());
    }

    Message expect(char type) throws IOException {
        Message message = read();
        if (message.type() != type) {
            throw new IOException("expected " + type + ", got " + message.type() + message.text());
        }
        return message;
    }

    Message read() throws IOException {
        char type = (char) in.readByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(type, body);
    }

    /** Reads all that is left, up to the end of the connection. */
    byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    static byte[] message(char type, byte[] body) {
        byte[] rest = withLength(body);
        return ByteBuffer.allocate(1 + rest.length).put((byte) type).put(rest).array();
    }

    private static byte[] withLength(byte[] body) {
        return ByteBuffer.allocate(4 + body.length).putInt(4 + body.length).put(body).array();
    }

    private static byte[] withoutOwnLength(byte[] text) {
        return ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text).array();
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
