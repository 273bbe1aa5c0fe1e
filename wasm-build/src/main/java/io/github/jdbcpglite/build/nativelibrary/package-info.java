/**
 * The stages that make one shared library of a main module, its side modules and the runtime, for
 * one target.
 *
 * <p>The runtime is the C that lies beside the translator's headers among the resources: every
 * {@code *.c} there is compiled into each library.
 */
@NullMarked
package io.github.jdbcpglite.build.nativelibrary;

import org.jspecify.annotations.NullMarked;
