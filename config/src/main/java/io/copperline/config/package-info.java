/**
 * {@code copperline.yaml} to settings records.
 *
 * <pre>
 *   file -> YamlFile (nodes with lines; every scalar is text) -> TextConfiguration (Commons Configuration: ${env:} and
 *   ${file:}, nothing else) -> Fields (walks one section by its table of keys) -> ...Section -> ...Settings
 * </pre>
 *
 * <p>Each section of the file is one class: a table of its keys (name, type, default, what it does) and the few lines that
 * make the settings record. The reference file is written from the same tables, and a test keeps it so. A problem never
 * stops the reading: all of them are gathered and thrown together as {@link io.copperline.config.ConfigProblems}.
 *
 * <p>Values that come from the environment or from files, and values of secret keys, are never shown in a problem: it
 * shows what stands in the file.
 *
 * <p>Left out: YAML's types (an unquoted 010 would become 8), anchors, aliases, merge keys and tags; includes; and
 * interpolation of anything but environment and files (Commons Configuration would run scripts and ask DNS).
 */
package io.copperline.config;
