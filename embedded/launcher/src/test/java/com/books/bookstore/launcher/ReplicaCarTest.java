package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaCarTest {

    @TempDir
    private Path target;

    @Test
    void aCarThatWasMadeForAReplicaIsDeployedInsteadOfTheOther() throws IOException {
        Path dataServices = Files.createFile(target.resolve("data-services_1.car"));
        Path flows = Files.createFile(target.resolve("flows_1.car"));
        Path forReplica = Files.createFile(target.resolve("data-services_1.car-for-replica"));

        assertThat(BookstoreRuntime.forReplica(dataServices)).isEqualTo(forReplica);
        assertThat(BookstoreRuntime.forReplica(flows)).isEqualTo(flows);
    }
}
