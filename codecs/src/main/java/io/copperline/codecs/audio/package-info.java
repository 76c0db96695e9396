/**
 * Sound: samples (16 bits, mono, the host's order) to what codecs put on the wire, and back.
 *
 * <pre>
 *   Opus  ---- libopus through java.lang.foreign: encode, decode, decode by FEC, conceal; 8, 16 or 48 kHz, no resampler
 *   G711  ---- mu-law and A-law by table          G711Concealment ---- Appendix I: lost frames from the pitch before them
 *   G722  ---- 16 kHz in two bands, or the lower one alone at 8 kHz; concealed as G711, too
 *   ToneGenerator ---- ringback and busy of some countries, digits as tones          AudioLevel ---- RFC 6464
 *   ComfortNoise  ---- pauses that are described rather than sent                    NoiseFloor ---- the room behind a voice
 * </pre>
 *
 * <p>RFC 6716 (Opus, section 3 for {@link io.copperline.codecs.audio.OpusPacket}), RFC 7587 (its RTP payload), ITU-T G.711
 * with Appendix I, ITU-T G.722, ITU-T E.180 supplement 2 (tones), RFC 3389 (comfort noise). Codecs keep their state from frame to frame and belong to one
 * direction of one leg; nothing is allocated per frame.
 *
 * <p>Left out: stereo (a telephone has one ear), Opus beyond what calls need (multistream, CELT-only modes), G.722 at 56 and 48 kbit/s
 * (RFC 3551 has 64 only), the spectrum of comfort noise (RFC 3389 section 3.2), which may be left out: its level is what is missed.
 */
package io.copperline.codecs.audio;
