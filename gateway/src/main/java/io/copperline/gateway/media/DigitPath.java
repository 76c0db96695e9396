package io.copperline.gateway.media;

/** How a digit travels on the trunk. */
public enum DigitPath {
    RFC4733,
    INFO,
    INBAND
}
