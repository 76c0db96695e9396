package io.copperline.config;

import java.util.List;

/**
 * How a scripted carrier writes the calls that it makes itself.
 *
 * @param numbers how it writes numbers that begin with {@code +}; others stay as they are
 * @param country the country code of its national numbers
 * @param trunkPrefix what stands before a national number, such as 0; empty for nothing
 * @param dialled where the number stands that was dialled
 * @param from whom From names
 * @param identity headers that name the caller, too
 * @param diversion how a forwarded call says who has forwarded it
 * @param digits how it sends digits
 */
public record CallingHabits(
        Numbers numbers,
        String country,
        String trunkPrefix,
        Dialled dialled,
        From from,
        List<Identity> identity,
        Diversion diversion,
        Digits digits) {
    public enum Numbers {
        /** {@code +12025550150}. */
        PLUS,
        /** {@code 12025550150}. */
        DIGITS,
        /** {@code 2025550150}, where it is a number of its country; others as {@link #DIGITS}. */
        NATIONAL
    }

    public enum Dialled {
        /** In the Request-URI and in To. */
        REQUEST_URI,
        /** In To alone; the Request-URI is the registered contact, or the account's. */
        TO
    }

    public enum From {
        CALLER,
        ACCOUNT
    }

    public enum Identity {
        P_ASSERTED_IDENTITY("P-Asserted-Identity"),
        P_PREFERRED_IDENTITY("P-Preferred-Identity"),
        REMOTE_PARTY_ID("Remote-Party-ID");

        private final String header;

        Identity(String header) {
            this.header = header;
        }

        public String header() {
            return header;
        }
    }

    public enum Diversion {
        /** RFC 5806. */
        DIVERSION,
        /** RFC 7044. */
        HISTORY_INFO
    }

    public enum Digits {
        /** telephone-event. */
        RFC4733,
        INFO,
        /** Tones in the audio. */
        INBAND
    }

    public CallingHabits {
        identity = List.copyOf(identity);
    }

    /** A number as this carrier writes it. */
    public String write(String number) {
        if (!number.startsWith("+") || numbers == Numbers.PLUS) {
            return number;
        }
        boolean home = numbers == Numbers.NATIONAL && number.startsWith("+" + country);
        return home ? trunkPrefix + number.substring(1 + country.length()) : number.substring(1);
    }
}
