package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.emscripten.link.SideModules;
import io.github.jdbcpglite.wasm.fs.FileSystem;

/**
 * What the processes of a cluster run and see.
 *
 * @param mainModule PostgreSQL, compiled
 * @param sideModules its shared libraries, compiled
 * @param files the program's files, devices and the data directory
 */
public record Program(CompiledModule mainModule, SideModules sideModules, FileSystem files) {}
