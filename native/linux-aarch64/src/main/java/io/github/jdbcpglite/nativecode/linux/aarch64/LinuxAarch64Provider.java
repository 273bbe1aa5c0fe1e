package io.github.jdbcpglite.nativecode.linux.aarch64;

import io.github.jdbcpglite.engine.nativecode.jar.NativeCodeProvider;

/** Says that this jar has native code. */
public final class LinuxAarch64Provider implements NativeCodeProvider {
    /** Creates the provider. */
    public LinuxAarch64Provider() {}
}
