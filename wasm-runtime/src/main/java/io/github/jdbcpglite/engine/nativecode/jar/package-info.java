/** For the jars with native code of one platform each. */
@NullMarked
package io.github.jdbcpglite.engine.nativecode.jar;

import org.jspecify.annotations.NullMarked;
