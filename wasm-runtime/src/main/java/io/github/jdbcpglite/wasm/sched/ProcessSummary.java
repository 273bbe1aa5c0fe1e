package io.github.jdbcpglite.wasm.sched;

import java.util.Map;

/**
 * The processes of a cluster at about one moment: nobody is stopped to be counted.
 *
 * @param clients the number of client backends in each state; a state without any may be absent
 * @param auxiliaries the number of PostgreSQL's own processes
 * @param privateBytes of memory that one process alone has, together
 * @param sharedBytes of shared memory that the cluster alone has, beyond what it was cloned from
 */
public record ProcessSummary(
        Map<WaitState, Integer> clients, int auxiliaries, long privateBytes, long sharedBytes) {
    /** Returns the number of client backends in a state. */
    public int clients(WaitState state) {
        return clients.getOrDefault(state, 0);
    }
}
