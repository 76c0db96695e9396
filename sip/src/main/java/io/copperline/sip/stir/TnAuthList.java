package io.copperline.sip.stir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers that a certificate may speak for (RFC 8226 section 9). A service provider code speaks for whatever that
 * provider's numbers are: nobody but the provider knows, so it holds for any number.
 *
 * <pre>
 * TNAuthorizationList ::= SEQUENCE OF CHOICE { spc [0] IA5String, range [1] SEQUENCE { start, count }, one [2] IA5String }
 * </pre>
 *
 * @param providers service provider codes
 * @param ranges first number and how many
 */
record TnAuthList(List<String> providers, List<Range> ranges) {
    private static final String OID = "1.3.6.1.5.5.7.1.26";
    private static final int MAX_ENTRIES = 4096;

    /** Numbers in a row, of the same length. */
    record Range(String start, long count) {
        boolean covers(String number) {
            if (number.length() != start.length() || number.length() > 18 || !number.matches("[0-9]+")) {
                return number.equals(start);
            }
            long distance = Long.parseLong(number) - Long.parseLong(start);
            return distance >= 0 && distance < count;
        }
    }

    /** Empty where the certificate has no such list. */
    static Optional<TnAuthList> of(X509Certificate certificate) throws BadIdentity {
        byte[] extension = certificate.getExtensionValue(OID);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(ByteBuffer.wrap(extension)));
        } catch (RuntimeException e) {
            throw new BadIdentity(BadIdentity.UNSUPPORTED_CREDENTIAL, "its TNAuthList cannot be read");
        }
    }

    boolean covers(String number) {
        return !providers.isEmpty() || ranges.stream().anyMatch(range -> range.covers(number));
    }

    private static TnAuthList read(ByteBuffer der) {
        ByteBuffer entries = content(content(der, 0x04), 0x30);
        List<String> providers = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        while (entries.hasRemaining()) {
            if (providers.size() + ranges.size() >= MAX_ENTRIES) {
                throw new IllegalArgumentException("too many entries");
            }
            switch (entries.get(entries.position()) & 0xff) {
                case 0xa0 -> providers.add(text(content(entries, 0xa0)));
                case 0xa1 -> ranges.add(range(content(content(entries, 0xa1), 0x30)));
                case 0xa2 -> ranges.add(new Range(text(content(entries, 0xa2)), 1));
                default -> throw new IllegalArgumentException("unknown entry");
            }
        }
        return new TnAuthList(providers, ranges);
    }

    private static Range range(ByteBuffer range) {
        String start = text(range);
        ByteBuffer count = content(range, 0x02);
        long number = 0;
        while (count.hasRemaining() && number < 1L << 40) {
            number = number << 8 | count.get() & 0xff;
        }
        return new Range(start, number);
    }

    private static String text(ByteBuffer der) {
        ByteBuffer text = content(der, 0x16);
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** What is inside the next element, which must be of this tag. */
    private static ByteBuffer content(ByteBuffer der, int tag) {
        if ((der.get() & 0xff) != tag) {
            throw new IllegalArgumentException("another tag");
        }
        int length = der.get() & 0xff;
        if (length > 0x7f) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes && bytes <= 3; i++) {
                length = length << 8 | der.get() & 0xff;
            }
        }
        ByteBuffer inside = der.slice(der.position(), length);
        der.position(der.position() + length);
        return inside;
    }
}
