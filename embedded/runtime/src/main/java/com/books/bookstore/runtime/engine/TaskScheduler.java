package com.books.bookstore.runtime.engine;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks by Quartz, as Micro Integrator does. There a trigger only hands its message to a pool of threads, so a run that takes longer
 * than the interval overlaps with the next one. It does here, too, since a flow that cannot stand it is wrong there; but only so many
 * times: further runs are left out, where Micro Integrator would queue them.
 */
final class TaskScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskScheduler.class);

    private static final int MAX_OVERLAPPING_RUNS = 4;
    private static final long STOP_LIMIT_SECONDS = 10;

    private final Scheduler quartz;
    private final ExecutorService workers = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "task");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();
    private final Consumer<ScheduledTask> run;

    private TaskScheduler(Scheduler quartz, Consumer<ScheduledTask> run) {
        this.quartz = quartz;
        this.run = run;
    }

    /** @param run mediates one message of a task; called by several threads */
    static TaskScheduler start(List<ScheduledTask> tasks, Consumer<ScheduledTask> run) {
        Properties settings = new Properties();
        // Schedulers are found by name within the JVM, where several engines may run.
        settings.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "tasks-" + UUID.randomUUID());
        settings.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
        settings.setProperty("org.quartz.threadPool.threadCount", "1");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        try {
            TaskScheduler scheduler = new TaskScheduler(new StdSchedulerFactory(settings).getScheduler(), run);
            scheduler.start(tasks);
            return scheduler;
        } catch (SchedulerException e) {
            throw new IllegalStateException("The tasks cannot be scheduled: " + e.getMessage(), e);
        }
    }

    private void start(List<ScheduledTask> tasks) throws SchedulerException {
        quartz.setJobFactory((fired, scheduler) -> context ->
                inject((ScheduledTask) fired.getJobDetail().getJobDataMap().get("task")));
        for (ScheduledTask task : tasks) {
            free.put(task.name(), new Semaphore(MAX_OVERLAPPING_RUNS));
            JobDetail job =
                    JobBuilder.newJob(Job.class).withIdentity(task.name()).build();
            job.getJobDataMap().put("task", task);
            quartz.scheduleJob(
                    job,
                    TriggerBuilder.newTrigger()
                            .withIdentity(task.name())
                            .withSchedule(task.schedule())
                            .startNow()
                            .build());
        }
        quartz.start();
    }

    private void inject(ScheduledTask task) {
        if (!free.get(task.name()).tryAcquire()) {
            LOG.warn("{} runs of the task {} are under way: this one is left out", MAX_OVERLAPPING_RUNS, task.name());
            return;
        }
        workers.execute(() -> {
            try {
                run.accept(task);
            } catch (RuntimeException e) {
                LOG.error("The task {} failed: {}", task.name(), e.getMessage());
            } finally {
                free.get(task.name()).release();
            }
        });
    }

    /** Starts no more runs and lets those that are under way end. */
    @Override
    public void close() {
        try {
            quartz.shutdown(true);
            workers.shutdown();
            if (!workers.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A task has not ended within {} s and is interrupted", STOP_LIMIT_SECONDS);
            }
        } catch (SchedulerException e) {
            LOG.warn("The tasks did not stop cleanly: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.shutdownNow();
        }
    }
}
