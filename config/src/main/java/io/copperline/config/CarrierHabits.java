package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.SipTransport;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a scripted carrier insists on.
 *
 * @param transport what it listens on
 * @param registration whether calls need a registration, or there is none at all
 * @param challenge the status with which it asks for credentials on INVITE, 401 or 407; 0 where it does not
 * @param called what the called number must look like, in the Request-URI
 * @param calledRefusal the status for a number that does not
 * @param from what the user in From must look like; empty: as it likes
 * @param fromIsAccount whether that user must be the account
 * @param callerRefusal the status for a caller it does not take, in From or in {@code headers}
 * @param contact what the host in Contact must look like
 * @param contactRefusal the status for another one
 * @param headers headers that an INVITE must have
 * @param barred headers that an INVITE must not have
 * @param codecs what it takes; the first that the offer lists is the call's
 * @param telephoneEvent whether the offer must have telephone-event
 * @param media whether audio is encrypted
 * @param methods what it knows beside INVITE, ACK, BYE, CANCEL and OPTIONS
 * @param extensions option tags that it knows
 * @param reliable 180 or 183, where that is sent until PRACK comes; 0 where ringing is not acknowledged
 * @param reporting whether it sends RTCP, and where
 * @param calling how it writes its own calls
 */
public record CarrierHabits(
        SipTransport transport,
        Registration registration,
        int challenge,
        Pattern called,
        int calledRefusal,
        Optional<Pattern> from,
        boolean fromIsAccount,
        int callerRefusal,
        Optional<Pattern> contact,
        int contactRefusal,
        List<HeaderHabit> headers,
        List<HeaderHabit> barred,
        List<AudioCodec> codecs,
        boolean telephoneEvent,
        Media media,
        List<String> methods,
        List<String> extensions,
        int reliable,
        Reporting reporting,
        CallingHabits calling) {
    /** Whether it is a registrar. */
    public enum Registration {
        /** REGISTER is refused with 405. */
        NONE,
        OPTIONAL,
        /** Calls of whoever has not registered are refused. */
        REQUIRED
    }

    /** Whether it sends RTCP (RFC 3550). */
    public enum Reporting {
        OFF,
        /** From the port after that of audio, to that of the other side. */
        APART,
        /** On the port of audio, where the other side takes that (RFC 5761). */
        MUX
    }

    /** Whether its audio is encrypted (SDES, RFC 4568). */
    public enum Media {
        PLAIN,
        /** With a key where the offer has one. */
        EITHER,
        ENCRYPTED
    }

    /**
     * A header of INVITE.
     *
     * @param value what the user of the address in it looks like; where it has no address, its whole value
     */
    public record HeaderHabit(String name, Pattern value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public CarrierHabits {
        headers = List.copyOf(headers);
        barred = List.copyOf(barred);
        codecs = List.copyOf(codecs);
        methods = List.copyOf(methods);
        extensions = List.copyOf(extensions);
    }
}
