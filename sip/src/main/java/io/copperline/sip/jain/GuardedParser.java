package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.text.ParseException;
import java.util.Locale;
import javax.sip.header.CSeqHeader;

/**
 * JAIN-SIP's parser with a guard in front and a net below. Whatever is wrong leaves as one constant ParseException: the
 * stack writes its text into the 400 that it sends.
 */
final class GuardedParser implements MessageParser {
    /** All that the stack hears of what is wrong with a message. */
    static final String WORD = "malformed";

    private final StringMsgParser parser = new StringMsgParser();
    private final Drops drops;

    GuardedParser(Drops drops) {
        this.drops = drops;
    }

    /** A factory as JAIN-SIP wants it. */
    static MessageParserFactory factory(Drops drops) {
        return new MessageParserFactory() {
            @Override
            public MessageParser createMessageParser(SIPTransactionStack stack) {
                return new GuardedParser(drops);
            }
        };
    }

    @Override
    public SIPMessage parseSIPMessage(byte[] message, boolean readBody, boolean strict, ParseExceptionListener listener)
            throws ParseException {
        if (message == null) {
            throw malformed("nothing");
        }
        MessageGuard guard = MessageGuard.of(message, readBody);
        if (guard.objection().isPresent()) {
            throw malformed(guard.objection().get());
        }
        try {
            SIPMessage parsed = parser.parseSIPMessage(guard.readable(), readBody, strict, listener);
            if (parsed instanceof SIPRequest request) {
                keepCase(request.getCSeq(), request.getMethod());
                String version = MessageGuard.lastWordOfFirstLine(message).toUpperCase(Locale.ROOT);
                request.getRequestLine().setSipVersion(version); // or nobody could answer 505
                countRefused(request, version);
            }
            return parsed;
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw malformed(e.getClass().getSimpleName());
        }
    }

    // The stack answers these itself, over connections: the gate has not let them through as datagrams.
    private void countRefused(SIPRequest request, String version) {
        if (!version.equals("SIP/2.0")) {
            drops.count(Drop.MALFORMED, "another version");
        } else if (request.getCSeq() != null
                && !request.getMethod().equals(request.getCSeq().getMethod())) {
            drops.count(Drop.MALFORMED, "CSeq of another method");
        }
    }

    /** Methods are case-sensitive (RFC 3261 section 7.1), but the parser writes that of CSeq in capitals. */
    private static void keepCase(CSeqHeader cseq, String method) throws ParseException {
        if (cseq != null && method.equalsIgnoreCase(cseq.getMethod())) {
            cseq.setMethod(method);
        }
    }

    private ParseException malformed(String detail) {
        drops.count(Drop.MALFORMED, detail);
        return new ParseException(WORD, 0);
    }
}
