/**
 * A TCP port or a Unix socket in front of a cluster, for clients outside this process.
 *
 * <p>A client is answered here until it has proved its password, or its right to cancel, so that
 * nothing it sends before reaches PostgreSQL and no backend is spent on it; after that its bytes
 * are passed on as they are.
 *
 * <ol>
 *   <li>Over TCP a client proves its password by SCRAM-SHA-256 (RFC 5802, RFC 7677) against the
 *       verifier in {@code pg_authid}. A Unix socket is protected by the permissions of its file.
 *   <li>TLS and GSSAPI requests are answered with {@code N}, as by a server without them.
 *   <li>PostgreSQL is asked for a verifier by turns, over one session however many clients there
 *       are. What it answers is kept by nobody.
 *   <li>Everything is bounded: clients at once, those among them that are logging in, bytes of a
 *       packet before the login, time to log in, log lines about what repeats.
 *   <li>A client owns two threads, one for each direction. Each ends when either side is closed,
 *       and the last one to end closes the rest.
 * </ol>
 *
 * <p>The message formats are those of PostgreSQL's documentation, chapter "Frontend/Backend
 * Protocol". Types are thread-safe unless they say otherwise.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.listen;

import org.jspecify.annotations.NullMarked;
