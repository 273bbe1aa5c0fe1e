package io.github.jdbcpglite.build.codegen;

/** A module cannot be translated; the message names the function or feature. */
public final class CodeGenerationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CodeGenerationException(String message) {
        super(message);
    }

    CodeGenerationException(String message, Throwable cause) {
        super(message, cause);
    }
}
