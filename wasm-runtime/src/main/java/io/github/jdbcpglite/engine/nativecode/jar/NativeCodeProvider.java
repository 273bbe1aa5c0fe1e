package io.github.jdbcpglite.engine.nativecode.jar;

/**
 * What a jar with native code provides, so that a module of it is part of every application that
 * has it on its module path, though nothing requires it.
 *
 * <p>Nobody makes or asks one: the libraries are found as resources.
 */
public interface NativeCodeProvider {}
