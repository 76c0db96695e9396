/** {@code copperline.yaml} to settings records. Every problem is reported with its file, line, key, what was expected and the fix. */
package io.copperline.config;
