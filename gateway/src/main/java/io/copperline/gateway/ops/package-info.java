/**
 * What operators need: metrics in the Prometheus text format, health, scheduled work, and the log.
 *
 * <p>{@link io.copperline.gateway.ops.Metrics} and {@link io.copperline.gateway.ops.Health} ask the rooms when somebody asks
 * them: rooms keep plain counters and know nothing of either. {@link io.copperline.gateway.ops.Schedule} is Quartz with its
 * store in memory; nothing of SIP's or RTP's own timing runs on it. Left out: pushing metrics, tracing, and schedules that
 * outlive the process.
 */
package io.copperline.gateway.ops;
