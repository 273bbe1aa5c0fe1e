/**
 * Makes the data directory with PGlite's own {@code initdb}.
 *
 * <p>Initdb is a module of its own. What it hands to {@code system} and {@code popen} are command
 * lines of {@code postgres}, which run one after the other, each as a fresh instance of the main
 * module over the same files. Clock and random numbers are fixed, so every build makes the same
 * bytes; what has to differ between clusters is set anew when one is made from them.
 */
@NullMarked
package io.github.jdbcpglite.build.initdb;

import org.jspecify.annotations.NullMarked;
