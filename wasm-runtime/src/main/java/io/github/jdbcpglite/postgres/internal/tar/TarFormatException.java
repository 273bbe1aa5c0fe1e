package io.github.jdbcpglite.postgres.internal.tar;

import java.io.IOException;

/** Says what is wrong with an archive, of which "it" is spoken. */
public final class TarFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    TarFormatException(String message) {
        super(message);
    }
}
