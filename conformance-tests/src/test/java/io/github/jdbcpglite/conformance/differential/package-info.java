/**
 * Random SQL: a seed gives a script of tables, data, queries and changes, the same every time.
 *
 * <p>The generated statements avoid what SQL leaves open: rows are compared without their order,
 * limits come with a total order, sums are exact. Whatever else differs is a difference.
 */
@NullMarked
package io.github.jdbcpglite.conformance.differential;

import org.jspecify.annotations.NullMarked;
