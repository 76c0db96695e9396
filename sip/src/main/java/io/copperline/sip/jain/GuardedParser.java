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
import java.util.Optional;

/**
 * JAIN-SIP's parser with a guard in front and a net below. Whatever is wrong leaves as one constant ParseException: the
 * stack writes its text into the 400 that it sends.
 */
final class GuardedParser implements MessageParser {
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
        Optional<String> objection = message == null ? Optional.empty() : MessageGuard.objection(message, readBody);
        if (objection.isPresent()) {
            throw malformed(objection.get());
        }
        try {
            SIPMessage parsed = parser.parseSIPMessage(message, readBody, strict, listener);
            if (parsed instanceof SIPRequest request) {
                request.getRequestLine()
                        .setSipVersion(MessageGuard.lastWordOfFirstLine(message)); // or nobody could answer 505
            }
            return parsed;
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw malformed(e.getClass().getSimpleName());
        }
    }

    private ParseException malformed(String detail) {
        drops.count(Drop.MALFORMED, detail);
        return new ParseException("malformed", 0);
    }
}
