package com.books.bookstore.benchmark.load;

import java.time.Duration;

/** CPU time of the three processes that share the machine, as far as it went into the load. */
record CpuTimes(Duration server, Duration database, Duration client) {

    static final CpuTimes NONE = new CpuTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Since each process started. */
    static CpuTimes now(ProcessHandle server, ProcessHandle database) {
        return new CpuTimes(of(server), of(database), of(ProcessHandle.current()));
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    CpuTimes minus(CpuTimes earlier) {
        return new CpuTimes(
                server.minus(earlier.server), database.minus(earlier.database), client.minus(earlier.client));
    }

    CpuTimes plus(CpuTimes other) {
        return new CpuTimes(server.plus(other.server), database.plus(other.database), client.plus(other.client));
    }
}
