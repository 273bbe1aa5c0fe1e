/**
 * What a database answered to one statement, and how two such answers are compared.
 *
 * <p>Answers are plain text lines. They differ if any line differs after the normalisation rules
 * that the script itself asks for by name; {@link NormaliseRule} lists them all with their reasons.
 */
@NullMarked
package io.github.jdbcpglite.conformance.answer;

import org.jspecify.annotations.NullMarked;
