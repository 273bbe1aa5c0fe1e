package io.github.jdbcpglite.host.fs.memory;

import org.jspecify.annotations.Nullable;

/**
 * A file or directory to add to a {@link MemoryFileSystem}.
 *
 * @param path absolute, without links, dots or doubled slashes
 * @param mode the permission bits, 0 to 07777
 * @param contents of a file; {@code null} for a directory
 */
public record NewFile(String path, int mode, @Nullable SharedContents contents) {}
