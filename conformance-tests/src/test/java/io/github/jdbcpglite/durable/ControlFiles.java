package io.github.jdbcpglite.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Changes a control file as another server would have written it, with a right checksum. */
final class ControlFiles {
    private static final int FLOAT8_BY_VALUE = 248;
    private static final int CHECKSUM = 292;

    private ControlFiles() {}

    static void setFloat8ByValue(Path control) throws IOException {
        byte[] bytes = Files.readAllBytes(control);
        bytes[FLOAT8_BY_VALUE] = 1;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, CHECKSUM);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CHECKSUM, (int) checksum.getValue());
        Files.write(control, bytes);
    }
}
