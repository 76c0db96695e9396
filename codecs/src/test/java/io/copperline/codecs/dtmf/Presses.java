package io.copperline.codecs.dtmf;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a reader or a relay told, as words like {@code 5+} and {@code 5-100}. */
final class Presses implements TelephoneEventReader.Sink, TelephoneEventRelay.Outcome {
    final List<String> told = new ArrayList<>();
    final StringBuilder digits = new StringBuilder();
    final List<Integer> lengthsMillis = new ArrayList<>();

    @Override
    public void started(int event, long nowNanos) {
        told.add(TelephoneEvent.digit(event) + "+");
    }

    @Override
    public void ended(int event, int durationMillis) {
        told.add(TelephoneEvent.digit(event) + "-" + durationMillis);
        digits.append(TelephoneEvent.digit(event));
        lengthsMillis.add(durationMillis);
    }

    @Override
    public void sent(int event, int durationMillis) {
        told.add(TelephoneEvent.digit(event) + "=" + durationMillis);
        digits.append(TelephoneEvent.digit(event));
        lengthsMillis.add(durationMillis);
    }

    @Override
    public void dropped(int event) {
        told.add(TelephoneEvent.digit(event) + "!");
    }
}
