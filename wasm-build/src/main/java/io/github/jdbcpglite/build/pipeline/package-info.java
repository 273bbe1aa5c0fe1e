/** The command line of the build: the stages in their order, and where each puts its output. */
@NullMarked
package io.github.jdbcpglite.build.pipeline;

import org.jspecify.annotations.NullMarked;
