package io.github.jdbcpglite.nativecode.linux.x86_64;

import io.github.jdbcpglite.engine.nativecode.jar.NativeCodeProvider;

/** Says that this jar has native code. */
public final class LinuxX8664Provider implements NativeCodeProvider {
    /** Creates the provider. */
    public LinuxX8664Provider() {}
}
