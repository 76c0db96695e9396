package io.copperline.sip;

import io.copperline.sip.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes who has forwarded a call, in the headers that the trunk's carrier reads: Diversion (RFC 5806), History-Info (RFC 7044). */
final class DiversionWriter {
    /** Those before the last ones are forgotten. */
    private static final int MOST = 10;

    /** What others wrote before us is passed on where it is a number, and nothing else. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,32}");

    /** RFC 3323 section 4.1. */
    private static final String ANONYMOUS = "sip:anonymous@anonymous.invalid";

    private final Line line;
    private final NumberForm form;

    DiversionWriter(Line line, NumberForm form) {
        this.line = line;
        this.form = form;
    }

    /**
     * @param who the last one first
     * @param target the Request-URI
     */
    List<Header> headers(List<Diversion> who, String target) {
        TrunkIdentity.Diverting wanted = line.settings().identity().diverting();
        List<Diversion> told = who.stream()
                .filter(one -> isHidden(one) || NUMBER.matcher(one.number()).matches())
                .limit(MOST)
                .toList();
        List<Header> headers = new ArrayList<>();
        if (told.isEmpty()) {
            return headers;
        }
        if (wanted == TrunkIdentity.Diverting.DIVERSION || wanted == TrunkIdentity.Diverting.BOTH) {
            told.forEach(one -> headers.add(diversion(one)));
        }
        if (wanted == TrunkIdentity.Diverting.HISTORY_INFO || wanted == TrunkIdentity.Diverting.BOTH) {
            headers.add(history(told.reversed(), target));
        }
        return headers;
    }

    /** RFC 5806 section 4. */
    Header diversion(Diversion who) {
        String privacy = who.withheld() ? "full" : "off";
        return new Header(
                "Diversion",
                "<" + uri(who) + ">;reason=" + who.reason().wireName() + ";counter=" + who.count() + ";privacy="
                        + privacy);
    }

    /**
     * RFC 7044 section 5: who was called first, whom that led to by the cause of RFC 4458, and so on.
     *
     * @param who the first one first
     */
    private Header history(List<Diversion> who, String target) {
        String index = "1";
        StringBuilder entries = new StringBuilder("<" + uri(who.getFirst()) + privacy(who.getFirst()) + ">;index=1");
        for (int i = 0; i < who.size(); i++) {
            String cause = ";cause=" + who.get(i).reason().cause();
            String next = i + 1 < who.size() ? uri(who.get(i + 1)) + cause + privacy(who.get(i + 1)) : target + cause;
            entries.append(", <" + next + ">;index=" + index + ".1;mp=" + index);
            index += ".1";
        }
        return new Header("History-Info", entries.toString());
    }

    private String uri(Diversion who) {
        return isHidden(who) ? ANONYMOUS : line.numberUri(form.apply(who.number()));
    }

    /** RFC 7044 section 10.1.2. A tel URI has no headers; there the whole call is asked to be private about it. */
    private String privacy(Diversion who) {
        return who.withheld() && !isHidden(who) && uri(who).startsWith("sip:") ? "?Privacy=history" : "";
    }

    /** He was hidden from us, too. */
    private static boolean isHidden(Diversion who) {
        return who.withheld() && who.number().isEmpty();
    }
}
