package io.copperline.gateway.ops;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again: probes, watches, retention. Quartz with its store in memory and two daemon threads,
 * on which the work may wait for the network or the database. A turn that fails is logged, and the next one comes.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** Quartz knows schedulers by name, in the whole process. */
    private static final AtomicLong SERIAL = new AtomicLong();

    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final Scheduler quartz;
    private final Map<JobKey, Runnable> work = new ConcurrentHashMap<>();

    public Schedule() {
        try {
            quartz = new StdSchedulerFactory(properties()).getScheduler();
            quartz.setJobFactory((bundle, scheduler) -> new Turn());
            quartz.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not start", e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "copperline-" + SERIAL.incrementAndGet());
        properties.put(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
        properties.put(StdSchedulerFactory.PROP_JOB_STORE_CLASS, "org.quartz.simpl.RAMJobStore");
        properties.put(StdSchedulerFactory.PROP_THREAD_POOL_CLASS, "org.quartz.simpl.SimpleThreadPool");
        properties.put("org.quartz.threadPool.threadCount", "2");
        properties.put("org.quartz.threadPool.makeThreadsDaemons", "true");
        return properties;
    }

    /**
     * Does the work every {@code interval}, for the first time one interval from now. A turn that comes due while the last
     * one is still at work is left out.
     *
     * @param name unique in this schedule
     * @param interval at least a millisecond
     */
    public void every(Duration interval, String name, Runnable turn) {
        JobKey key = new JobKey(name);
        JobDetail job = JobBuilder.newJob(Turn.class).withIdentity(key).build();
        SimpleTrigger trigger = TriggerBuilder.newTrigger()
                .startAt(org.quartz.DateBuilder.futureDate(
                        Math.toIntExact(interval.toMillis()), org.quartz.DateBuilder.IntervalUnit.MILLISECOND))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(interval.toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        if (work.putIfAbsent(key, turn) != null) {
            throw new IllegalArgumentException("there is work of this name: " + name);
        }
        try {
            quartz.scheduleJob(job, trigger);
        } catch (SchedulerException e) {
            work.remove(key);
            throw new IllegalStateException("Quartz does not take " + name, e);
        }
    }

    /** Lets the turn that is at work finish, for a few seconds; no other begins. */
    @Override
    public void close() {
        Thread stopping = Thread.ofVirtual().start(this::stop);
        try {
            if (!stopping.join(STOP_TIME)) {
                LOG.warn("Scheduled work does not end; it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        try {
            quartz.shutdown(true);
        } catch (SchedulerException e) {
            LOG.warn("Quartz does not stop cleanly: {}", e.getMessage());
        }
    }

    /** One turn. Quartz reads the annotation from the class. */
    @DisallowConcurrentExecution
    private final class Turn implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            JobKey key = context.getJobDetail().getKey();
            try {
                work.get(key).run();
            } catch (RuntimeException e) {
                LOG.error("Scheduled work {} failed; it is tried again at its next time", key.getName(), e);
            }
        }
    }
}
