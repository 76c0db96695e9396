package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.media.PageChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page hears and may say on a data channel of its call. */
class EventChannelsTest {
    private final CallBench bench = new CallBench();
    private OutboundCall call;

    /** A page's end of a channel. */
    private static final class Page implements PageChannel {
        private final String protocol;
        final List<String> heard = new ArrayList<>();
        boolean full;
        boolean closed;

        Page(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public String protocol() {
            return protocol;
        }

        @Override
        public boolean send(String text) {
            if (!full) {
                heard.add(text.replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"\""));
            }
            return !full;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Page page = new Page("copperline.events");

    @BeforeEach
    void place() {
        call = bench.outbound("first");
        call.place("offer");
        bench.legs.getFirst().listener.trying();
    }

    @Test
    void replaysAndGoesOnToTheEnd() {
        call.news().channelOpened(page);
        assertEquals(List.of("{\"type\":\"event\",\"number\":1,\"event\":\"trying\",\"at\":\"\"}"), page.heard);
        bench.legs.getFirst().listener.ringing();
        assertTrue(page.heard.getLast().contains("\"number\":2,\"event\":\"ringing\""));
        call.hangUp();
        assertTrue(page.heard.getLast().contains("\"event\":\"ended\""), page.heard::toString);
    }

    @Test
    void digitsAndHangUpAreAskedFor() {
        call.news().channelOpened(page);
        call.news().channelText(page, "{\"type\":\"digits\",\"digits\":\"12#\",\"durationMillis\":200}");
        assertTrue(bench.audio.asked.contains("press 12# 200"), bench.audio.asked::toString);
        call.news().channelText(page, "{\"type\":\"hangup\"}");
        assertTrue(call.over());
    }

    @Test
    void whatCannotBeDoneIsToldWithItsCode() {
        call.news().channelOpened(page);
        String tooMany = "{\"type\":\"digits\",\"digits\":\"01234567890\"}";
        for (String bad : List.of("", "{", "[]", "{\"type\":\"dance\"}", "{\"type\":\"digits\",\"digits\":\"x\"}")) {
            call.news().channelText(page, bad);
            assertTrue(page.heard.getLast().contains("\"code\":\"bad-message\""), page.heard.getLast());
        }
        call.news().channelText(page, tooMany);
        assertTrue(page.heard.getLast().contains("\"code\":\"digits-not-possible\""), page.heard.getLast());
    }

    @Test
    void aPageThatReadsTooSlowlyIsClosed() {
        page.full = true;
        call.news().channelOpened(page);
        assertTrue(page.closed);
        Page late = new Page("copperline.events");
        call.news().channelOpened(late);
        late.full = true;
        bench.legs.getFirst().listener.ringing();
        assertTrue(late.closed);
        late.full = false;
        bench.legs.getFirst().listener.answered();
        assertEquals(1, late.heard.size());
    }

    @Test
    void channelsForSomethingElseAndTooManyAreClosed() {
        Page other = new Page("chat");
        call.news().channelOpened(other);
        assertTrue(other.closed);
        List<Page> pages =
                Stream.generate(() -> new Page("copperline.events")).limit(5).toList();
        pages.forEach(call.news()::channelOpened);
        assertEquals(
                List.of(false, false, false, false, true),
                pages.stream().map(p -> p.closed).toList());
        call.news().channelClosed(pages.getFirst());
        call.news().channelOpened(page);
        assertEquals(1, page.heard.size());
    }
}
