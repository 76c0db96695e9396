/**
 * Call records: one row per call that has ended, in a database reached by JDBC.
 *
 * <pre>
 *   shard -> CallRecordStore.save (never waits) -> bounded queue -> one writer -> call_records
 * </pre>
 *
 * The schema is made and brought up to date at the start by {@code db/migration}; {@code docs/call-records.md} describes
 * it for those who read it with tools of their own. Left out: a row while the call is still up (a call that is cut off by
 * the machine's end has none), and recording of audio.
 */
package io.copperline.gateway.record;
