/**
 * How a connection sounds, by calculation: the E-model of ITU-T G.107 (06/2015) for narrowband telephony.
 *
 * <pre>
 *  delay, loss, bursts (measured) --+
 *  CodecImpairment (G.113) ---------+--> EModel: R = Ro - Is - Id - Ie,eff --> Mos: 1 ... 4.5
 * </pre>
 *
 * <p>All that cannot be measured from a gateway (loudness, side tone, room noise, echo loss) has the default of G.107 table 2, which
 * is a good telephone in a quiet room. Left out: the wideband E-model (G.107.1), since a telephone trunk is narrowband, and the
 * advantage factor A, which stays 0.
 */
package io.copperline.codecs.quality;
