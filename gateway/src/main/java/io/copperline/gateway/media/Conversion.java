package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import java.util.Optional;

/**
 * The parts of one direction that depend on its two codecs: the waiting room of what comes, the encoding of what goes, and the rate
 * at which they meet. Whoever owns it asks for the rate again after each change.
 */
final class Conversion implements AutoCloseable {
    private final Workshop workshop;
    private Optional<AudioCodec> from = Optional.empty();
    private Optional<AudioCodec> to = Optional.empty();
    private Optional<WaitingRoom> room = Optional.empty();
    private Optional<Encoding> encoding = Optional.empty();
    private int rateHz = Workshop.NARROW_HZ;

    Conversion(Workshop workshop) {
        this.workshop = workshop;
    }

    /** What comes from now on; true where that needs a new waiting room. */
    boolean from(AudioCodec codec) {
        boolean same = from.filter(codec::equals).isPresent();
        from = Optional.of(codec);
        if (!tune() && !same) {
            equipRoom();
        }
        return !same;
    }

    /** What goes from now on. */
    void to(AudioCodec codec) {
        boolean same = to.filter(codec::equals).isPresent();
        to = Optional.of(codec);
        if (!tune() && !same) {
            equipEncoding();
        }
    }

    /** Nothing comes any more. */
    void fromNowhere() {
        room.ifPresent(WaitingRoom::close);
        room = Optional.empty();
        from = Optional.empty();
    }

    /** Nothing goes any more. */
    void toNowhere() {
        encoding.ifPresent(Encoding::close);
        encoding = Optional.empty();
        to = Optional.empty();
    }

    /** Where the rate is another one, both parts are made anew. */
    private boolean tune() {
        int wanted = from.isPresent() && to.isPresent() ? Workshop.rateHz(from.get(), to.get()) : rateHz;
        if (wanted == rateHz) {
            return false;
        }
        rateHz = wanted;
        equipRoom();
        equipEncoding();
        return true;
    }

    private void equipRoom() {
        room.ifPresent(WaitingRoom::close);
        room = Optional.of(workshop.waitingRoom(from.orElseThrow(), rateHz));
    }

    private void equipEncoding() {
        encoding.ifPresent(Encoding::close);
        encoding = Optional.of(workshop.encoding(to.orElseThrow(), rateHz));
    }

    /** Whether what comes may go as it is. */
    boolean sameCodec() {
        return from.isPresent() && from.equals(to);
    }

    Optional<WaitingRoom> room() {
        return room;
    }

    Optional<Encoding> encoding() {
        return encoding;
    }

    int rateHz() {
        return rateHz;
    }

    @Override
    public void close() {
        fromNowhere();
        toNowhere();
    }
}
