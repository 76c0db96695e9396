/**
 * Looks at one trunk step by step, as a person would: its name, its port, its certificate, OPTIONS, registration. Used by the command
 * line, in a process and on ports of its own, so that a gateway which runs is not disturbed.
 *
 * <p>Left out: a call, and what it sounds like.
 */
package io.copperline.gateway.doctor;
