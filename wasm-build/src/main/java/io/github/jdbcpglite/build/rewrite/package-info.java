/**
 * Changes to the released {@code pglite.wasm} that let many PostgreSQL backends run side by side,
 * made once at build time.
 *
 * <p>{@link io.github.jdbcpglite.build.rewrite.PgliteRewrite} edits nine functions and adds
 * exports. It only replaces or appends, so every index of the original stays valid. The edits are
 * made by our own encoder on the bytes, not on a parsed module of the engine, so that every later
 * stage, and any other WebAssembly engine, reads the same rewritten file; for the same reason host
 * calls reuse unused imports instead of adding any.
 */
@NullMarked
package io.github.jdbcpglite.build.rewrite;

import org.jspecify.annotations.NullMarked;
