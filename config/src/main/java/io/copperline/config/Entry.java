package io.copperline.config;

/** What may stand in the file. */
sealed interface Entry permits Key, Section {
    String name();

    /** What it does, for the reference. */
    String doc();
}
