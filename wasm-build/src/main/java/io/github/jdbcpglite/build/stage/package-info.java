/**
 * The framework of the build: stages with declared inputs, run in order and skipped when nothing
 * they read has changed.
 *
 * <p>A stage writes into an empty directory that only becomes its output when the stage succeeds,
 * so an output is always whole. A stage is a function of its declared inputs: no clock, no random,
 * no directory order reaches its output.
 */
@NullMarked
package io.github.jdbcpglite.build.stage;

import org.jspecify.annotations.NullMarked;
