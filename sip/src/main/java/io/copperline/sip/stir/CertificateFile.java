package io.copperline.sip.stir;

import java.time.Duration;

/**
 * What was fetched.
 *
 * @param bytes PEM or DER
 * @param freshFor how long it may be used again without asking; nothing where it must not be kept
 */
record CertificateFile(byte[] bytes, Duration freshFor) {}
