package io.github.jdbcpglite.build.codegen;

import java.util.List;

/**
 * A function that is called with usual arguments until C2 has compiled it, and then with others for
 * the first time.
 *
 * @param name its exported name, which says what it is
 * @param results the types of its results
 * @param usual arguments it is called with in turn
 * @param unusual the arguments that come as a surprise
 */
record Surprise(String name, String results, List<long[]> usual, long[] unusual) {}
