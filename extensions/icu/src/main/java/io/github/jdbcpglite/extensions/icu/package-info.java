/**
 * The collations of all languages: ICU's data, as a bundle that clusters find on the class path.
 *
 * <p>It has no library and nothing to create. Its files, in the sub-package {@code bundle}, lie
 * where the ICU inside PostgreSQL looks for them.
 */
@NullMarked
package io.github.jdbcpglite.extensions.icu;

import org.jspecify.annotations.NullMarked;
