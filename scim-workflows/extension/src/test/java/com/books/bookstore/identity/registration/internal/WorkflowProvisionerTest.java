package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.books.bookstore.identity.registration.RegistrationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/** Whatever servers do at their start: one workflow, one association. With two of either, no registration could be decided. */
@Timeout(60)
class WorkflowProvisionerTest {

    private static final String TENANT = "carbon.super";
    /** A server tries again until it succeeds. */
    private static final int TRIES = 10;

    private final ExecutorService servers = Executors.newFixedThreadPool(2);
    private final WorkflowTables tables = new WorkflowTables();

    @AfterEach
    void stop() {
        servers.shutdownNow();
    }

    @Test
    void afterRestartsThereIsOneAssociationThoughTheHandlerIsRegisteredLate() throws Exception {
        start(tables, new WorkflowTables.Node());
        assertThat(tables.associations()).hasSize(1);

        for (int restart = 0; restart < 5; restart++) {
            WorkflowTables.Node node = new WorkflowTables.Node();
            node.ready = false;
            WorkflowProvisioner provisioner = provisioner(tables, node);
            assertThatThrownBy(() -> provisioner.provision(TENANT)).isInstanceOf(WorkflowException.class);
            assertThat(tables.associations()).hasSize(1);

            node.ready = true;
            provisioner.provision(TENANT);
            assertThat(tables.associations()).hasSize(1).isEqualTo(tables.workflows());
        }
    }

    /** The second server does all between two calls of the first: before its first call, its second, and so on. */
    @Test
    void aServerThatStartsDuringAnothersStartLeavesOneAssociation() throws Exception {
        for (int before = 1; before <= 12; before++) {
            WorkflowTables shared = new WorkflowTables();
            WorkflowTables.Node first = new WorkflowTables.Node();
            int[] calls = {0};
            int interrupted = before;
            first.beforeCall = () -> {
                if (++calls[0] == interrupted) {
                    start(shared, new WorkflowTables.Node());
                }
            };
            start(shared, first);

            assertThat(shared.workflows()).as("before call %d", before).hasSize(1);
            assertThat(shared.associations()).as("before call %d", before).isEqualTo(shared.workflows());
        }
    }

    /** Two threads in 300 orders of their calls, the same in each run. */
    @Test
    void twoServersAtFirstStartLeaveOneAssociation() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            WorkflowTables shared = new WorkflowTables();
            Turns turns = new Turns(new Random(seed));
            List<Future<?>> starts = new ArrayList<>();
            for (int server = 0; server < 2; server++) {
                int number = server;
                WorkflowTables.Node node = new WorkflowTables.Node();
                node.beforeCall = () -> turns.await(number);
                starts.add(servers.submit(() -> {
                    turns.await(number);
                    start(shared, node);
                    turns.leave(number);
                }));
            }
            turns.begin();
            for (Future<?> start : starts) {
                start.get(30, TimeUnit.SECONDS);
            }

            assertThat(shared.workflows()).as("order %d", seed).hasSize(1);
            assertThat(shared.associations()).as("order %d", seed).isEqualTo(shared.workflows());
        }
    }

    private static void start(WorkflowTables tables, WorkflowTables.Node node) {
        try {
            WorkflowProvisioner provisioner = provisioner(tables, node);
            for (int tries = 1; ; tries++) {
                try {
                    provisioner.provision(TENANT);
                    return;
                } catch (WorkflowException | Roles.RoleException notYet) {
                    if (tries == TRIES) {
                        throw notYet;
                    }
                }
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static WorkflowProvisioner provisioner(WorkflowTables tables, WorkflowTables.Node node) throws Exception {
        var service = tables.service(node);
        return new WorkflowProvisioner(
                service,
                new ApprovalWorkflows(service),
                mock(Roles.class),
                RegistrationSettings.from(new Properties()));
    }

    /** Lets one of two threads run up to its next call, and chooses again. */
    private static final class Turns {

        private final Semaphore[] turns = {new Semaphore(0), new Semaphore(0)};
        private final boolean[] gone = new boolean[2];
        private final boolean[] came = new boolean[2];
        private final Random random;

        Turns(Random random) {
            this.random = random;
        }

        synchronized void begin() {
            next();
        }

        void await(int thread) {
            synchronized (this) {
                if (came[thread]) {
                    next();
                }
                came[thread] = true;
            }
            turns[thread].acquireUninterruptibly();
        }

        synchronized void leave(int thread) {
            gone[thread] = true;
            next();
        }

        private void next() {
            int chosen = random.nextInt(2);
            if (gone[chosen]) {
                chosen = 1 - chosen;
            }
            if (!gone[chosen]) {
                turns[chosen].release();
            }
        }
    }
}
