package io.github.jdbcpglite.build.compile;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a compiler made of a module.
 *
 * @param classes class files by class name
 * @param interpreted indexes of the functions that no class holds and that must be interpreted
 */
public record CompiledClasses(SortedMap<String, byte[]> classes, SortedSet<Integer> interpreted) {}
