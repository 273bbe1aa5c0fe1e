package io.github.jdbcpglite.build.codegen;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What HotSpot's compilers have done and have still to do, from its diagnostic commands. */
final class Compilers {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Compilers() {}

    /** Waits until nothing is compiled and nothing waits for it. */
    static void awaitIdle() throws JMException {
        long start = System.nanoTime();
        for (String queue = ask("compilerQueue");
                queue.contains("::");
                queue = ask("compilerQueue")) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new IllegalStateException("still compiling: " + queue);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns how many methods of classes whose names start as given are compiled by C2. */
    static long compiledByC2(String classes) throws JMException {
        return ask("compilerCodelist")
                .lines()
                .filter(line -> line.matches("\\d+ 4 0 " + classes + ".*"))
                .count();
    }

    private static String ask(String command) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return (String) server.invoke(commands, command, new Object[0], new String[0]);
    }
}
