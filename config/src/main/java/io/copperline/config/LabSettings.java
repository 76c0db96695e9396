package io.copperline.config;

/** The built-in lab carrier, which listens where the trunk named {@code lab} points, and its tokens. */
public record LabSettings(boolean enabled) {}
