/**
 * Looks at one trunk step by step, as a person would: its name, its port, its certificate, OPTIONS, registration, and, where a number is
 * given, a call and what it sounds like. Used by the command line, in a process and on ports of its own, so that a gateway which runs is
 * not disturbed.
 *
 * <pre>
 *  resolve, connect, options, register           TrunkDoctor
 *  call, audio-in, audio-out, dtmf, hang-up      CallCheck, with a media.TrunkPhone
 * </pre>
 */
package io.copperline.gateway.doctor;
