package io.copperline.codecs.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one description, line by line. What it is given comes from outside: everything is bounded, and only {@link SdpException} leaves. */
final class SdpReader {
    private static final int MAX_CHARS = 65_536;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_SECTIONS = 32;
    private static final int MAX_FORMATS = 128;

    private final List<String> lines;

    private SdpOrigin origin;
    private Optional<String> connection = Optional.empty();
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private final List<SdpMedia> media = new ArrayList<>();
    private Section section;

    SdpReader(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("longer than " + MAX_CHARS + " characters");
        }
        lines = text.lines().limit(MAX_LINES + 1L).toList();
        if (lines.size() > MAX_LINES) {
            throw new SdpException("more than " + MAX_LINES + " lines");
        }
    }

    SdpSession session() throws SdpException {
        if (lines.isEmpty() || !lines.getFirst().equals("v=0")) {
            throw new SdpException("does not begin with v=0");
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                continue; // Some carriers end the body with an empty line.
            }
            try {
                read(line);
            } catch (SdpException e) {
                throw new SdpException("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        finishSection();
        if (origin == null) {
            throw new SdpException("has no o= line");
        }
        return new SdpSession(origin, connection, attributes, media);
    }

    private void read(String line) throws SdpException {
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw new SdpException("is not of the form x=value");
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'o' -> origin = SdpOrigin.parse(value);
            case 'c' -> connection(value);
            case 'a' -> (section == null ? attributes : section.attributes).add(SdpAttribute.parse(value));
            case 'm' -> {
                finishSection();
                section = section(value);
            }
            default -> {} // RFC 8866 section 5: types we have no use for are read over.
        }
    }

    private void connection(String value) {
        if (section == null) {
            connection = Optional.of(value);
        } else if (section.connection.isEmpty()) {
            section.connection = Optional.of(value);
        }
    }

    private Section section(String value) throws SdpException {
        if (media.size() == MAX_SECTIONS) {
            throw new SdpException("more than " + MAX_SECTIONS + " media sections");
        }
        String[] parts = value.trim().split(" +");
        if (parts.length < 3 || parts.length > MAX_FORMATS + 3) {
            throw new SdpException("m= needs a kind, a port, a protocol and up to " + MAX_FORMATS + " formats");
        }
        String port = parts[1].indexOf('/') < 0 ? parts[1] : parts[1].substring(0, parts[1].indexOf('/'));
        return new Section(
                parts[0], number(port, 65_535), parts[2], List.of(parts).subList(3, parts.length));
    }

    private void finishSection() {
        if (section != null) {
            media.add(new SdpMedia(
                    section.kind,
                    section.port,
                    section.protocol,
                    section.formats,
                    section.connection,
                    section.attributes));
            section = null;
        }
    }

    /** A decimal number from 0 to {@code max}. */
    static int number(String text, int max) throws SdpException {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SdpException("'" + shorten(text) + "' is not a number from 0 to " + max);
        }
        int number = Integer.parseInt(text);
        if (number > max) {
            throw new SdpException("'" + text + "' is not a number from 0 to " + max);
        }
        return number;
    }

    /** At most 20 printable characters of what a stranger wrote, for an error message. */
    static String shorten(String text) {
        String head = text.length() > 20 ? text.substring(0, 20) + "..." : text;
        return head.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static final class Section {
        final String kind;
        final int port;
        final String protocol;
        final List<String> formats;
        final List<SdpAttribute> attributes = new ArrayList<>();
        Optional<String> connection = Optional.empty();

        Section(String kind, int port, String protocol, List<String> formats) {
            this.kind = kind;
            this.port = port;
            this.protocol = protocol;
            this.formats = formats;
        }
    }
}
