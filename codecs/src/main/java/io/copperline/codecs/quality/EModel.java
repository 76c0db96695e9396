package io.copperline.codecs.quality;

/**
 * The transmission rating R of ITU-T G.107 (06/2015), 0 (nobody understands a word) to 93.2 (G.711 without delay or loss).
 *
 * <pre>
 *  Ro       basic signal-to-noise ratio                    section 7.2
 *  Is       too loud, side tone, quantizing                section 7.3
 *  Id       talker echo, listener echo, pure delay         section 7.4
 *  Ie,eff   codec and packet loss                          section 7.5
 *  R = Ro - Is - Id - Ie,eff
 * </pre>
 */
public final class EModel {
    // Table 2, the defaults; names are the Recommendation's.
    private static final double SLR = 8;
    private static final double RLR = 2;
    private static final double STMR = 15;
    private static final double D_SEND = 3;
    private static final double LSTR = 18;
    private static final double TELR = 65;
    private static final double WEPL = 110;
    private static final double QDU = 1;
    private static final double NC = -70;
    private static final double NFOR = -64;
    private static final double ROOM_SEND = 35;
    private static final double ROOM_RECEIVE = 35;
    /** mT and sT of section 7.4.3: the least delay that is noticed, and how much it matters, in ordinary conversation. */
    private static final double NOTICED_DELAY_MILLIS = 100;

    private static final double OLR = SLR + RLR;
    private static final double NO = noise();
    private static final double RO = 15 - 1.5 * (SLR + NO);
    private static final double IS = loudness() + sideTone() + quantizing();

    private EModel() {}

    /**
     * The rating of a connection whose echo path is as long as itself: T = Ta, Tr = 2 Ta.
     *
     * @param oneWayDelayMillis from mouth to ear
     * @param lossPercent of packets that were missing when their time came, and were not recovered
     * @param burstRatio mean length of the gaps, against that of random loss of the same share; 1 or more
     */
    public static double rating(
            double oneWayDelayMillis, double lossPercent, double burstRatio, CodecImpairment codec) {
        double delay = Math.max(0, oneWayDelayMillis);
        double loss = Math.clamp(lossPercent, 0, 100);
        return RO - IS - delayImpairment(delay) - codec.effective(loss, Math.max(1, burstRatio));
    }

    /** No, section 7.2. */
    private static double noise() {
        double atSender = ROOM_SEND - SLR - D_SEND - 100 + 0.004 * square(ROOM_SEND - OLR - D_SEND - 14);
        double heard = ROOM_RECEIVE + 10 * Math.log10(1 + power(10 - LSTR));
        double atReceiver = RLR - 121 + heard + 0.008 * square(heard - 35);
        return 10 * Math.log10(power(NC) + power(atSender) + power(atReceiver) + power(NFOR + RLR));
    }

    /** Section 7.3.1. */
    private static double loudness() {
        double x = OLR + 0.2 * (64 + NO - RLR);
        return 20 * (root(1 + Math.pow(x / 8, 8), 8) - x / 8);
    }

    /** Section 7.3.2. */
    private static double sideTone() {
        double stmr = -10 * Math.log10(power(-STMR) + power(-TELR)); // With T = 0, the nearest echo.
        return 12 * root(1 + Math.pow((stmr - 13) / 6, 8), 8)
                - 28 * root(1 + Math.pow((stmr + 1) / 19.4, 35), 35)
                - 13 * root(1 + Math.pow((stmr - 3) / 33, 13), 13)
                + 29;
    }

    /** Section 7.3.3. */
    private static double quantizing() {
        double q = 37 - 15 * Math.log10(QDU);
        double g = 1.07 + 0.258 * q + 0.0602 * q * q;
        double y = (RO - 100) / 15 + 46 / 8.4 - g / 9;
        double z = 46.0 / 30 - g / 40;
        return 15 * Math.log10(1 + Math.pow(10, y) + Math.pow(10, z));
    }

    /** Id, section 7.4. */
    private static double delayImpairment(double delayMillis) {
        return talkerEcho(delayMillis) + listenerEcho(2 * delayMillis) + pureDelay(delayMillis);
    }

    /** Idte, section 7.4.1, for 9 dB <= STMR <= 20 dB. */
    private static double talkerEcho(double t) {
        double terv = TELR - 40 * Math.log10((1 + t / 10) / (1 + t / 150)) + 6 * Math.exp(-0.3 * t * t);
        double re = 80 + 2.5 * (terv - 14);
        double roe = -1.5 * (NO - RLR);
        double half = (roe - re) / 2;
        return (half + Math.sqrt(half * half + 100) - 1) * (1 - Math.exp(-t));
    }

    /** Idle, section 7.4.2. */
    private static double listenerEcho(double roundTripMillis) {
        double rle = 10.5 * (WEPL + 7) * Math.pow(roundTripMillis + 1, -0.25);
        double half = (RO - rle) / 2;
        return half + Math.sqrt(half * half + 169);
    }

    /** Idd, section 7.4.3, with sT = 1. */
    private static double pureDelay(double ta) {
        if (ta <= NOTICED_DELAY_MILLIS) {
            return 0;
        }
        double x = Math.log(ta / NOTICED_DELAY_MILLIS) / Math.log(2);
        return 25 * (root(1 + Math.pow(x, 6), 6) - 3 * root(1 + Math.pow(x / 3, 6), 6) + 2);
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }

    private static double root(double value, int degree) {
        return Math.pow(value, 1.0 / degree);
    }

    private static double square(double value) {
        return value * value;
    }
}
