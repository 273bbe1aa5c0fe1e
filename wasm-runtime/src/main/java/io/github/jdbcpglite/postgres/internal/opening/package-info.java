/** Opens clusters: storages, settings, extensions and templates, and what is started over them. */
@NullMarked
package io.github.jdbcpglite.postgres.internal.opening;

import org.jspecify.annotations.NullMarked;
