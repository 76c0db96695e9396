package io.copperline.sip.location;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a location as a document (RFC 4119; its shapes by RFC 5491, its addresses by RFC 5139). */
public final class PidfLo {
    public static final String MEDIA_TYPE = "application/pidf+xml";

    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String MODEL = PIDF + ":data-model";
    private static final String GEOPRIV = PIDF + ":geopriv10";
    private static final String POLICY = GEOPRIV + ":basicPolicy";
    private static final String CIVIC = GEOPRIV + ":civicAddr";
    private static final String GML = "http://www.opengis.net/gml";
    private static final String SHAPES = "http://www.opengis.net/pidflo/1.0";
    /** RFC 5491 section 5.1: WGS 84 without height, and with it. */
    private static final String FLAT = "urn:ogc:def:crs:EPSG::4326";

    private static final String HIGH = "urn:ogc:def:crs:EPSG::4979";
    private static final String METRES = "urn:ogc:def:uom:EPSG::9001";
    /** RFC 4119 section 2.2.2: whoever gets it keeps it no longer by default. */
    private static final long KEPT_HOURS = 24;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private PidfLo() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /**
     * The document.
     *
     * @param entity the caller's URI
     * @param at when it was known
     */
    public static String of(GeoUri place, String entity, Instant at) {
        return document(entity, at, writer -> writer.place(place));
    }

    /** Likewise of an address. */
    public static String of(CivicAddress address, String entity, Instant at) {
        return document(entity, at, writer -> writer.address(address));
    }

    private interface Part {
        void write(PidfLo writer) throws XMLStreamException;
    }

    private static String document(String entity, Instant at, Part location) {
        try {
            PidfLo writer = new PidfLo();
            writer.presence(entity, at.truncatedTo(ChronoUnit.SECONDS), location);
            return writer.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // nothing here reads or writes but memory
        }
    }

    private void presence(String entity, Instant at, Part location) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("presence");
        xml.writeDefaultNamespace(PIDF);
        xml.writeNamespace("dm", MODEL);
        xml.writeNamespace("gp", GEOPRIV);
        xml.writeNamespace("gbp", POLICY);
        xml.writeAttribute("entity", entity);
        xml.writeStartElement("dm:device"); // RFC 5491 section 3.4, rule 8: a device's place rather than a person's
        xml.writeAttribute("id", "caller");
        xml.writeStartElement("gp:geopriv");
        xml.writeStartElement("gp:location-info");
        location.write(this);
        xml.writeEndElement();
        xml.writeStartElement("gp:usage-rules");
        leaf("gbp:retransmission-allowed", "false");
        leaf("gbp:retention-expiry", at.plus(KEPT_HOURS, ChronoUnit.HOURS).toString());
        xml.writeEndElement();
        xml.writeEndElement();
        leaf("dm:timestamp", at.toString());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void leaf(String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    /** A point, or round what it may be off by: a circle, with a height a sphere (RFC 5491 sections 5.2.1, 5.2.3 and 5.2.6). */
    private void place(GeoUri place) throws XMLStreamException {
        boolean high = place.altitude().isPresent();
        boolean exact = place.uncertainty().filter(u -> u.signum() > 0).isEmpty();
        xml.writeStartElement(exact ? "gml:Point" : high ? "gs:Sphere" : "gs:Circle");
        xml.writeNamespace("gml", GML);
        if (!exact) {
            xml.writeNamespace("gs", SHAPES);
        }
        xml.writeAttribute("srsName", high ? HIGH : FLAT);
        leaf(
                "gml:pos",
                plain(place.latitude()) + " " + plain(place.longitude())
                        + place.altitude().map(height -> " " + plain(height)).orElse(""));
        if (!exact) {
            xml.writeStartElement("gs:radius");
            xml.writeAttribute("uom", METRES);
            xml.writeCharacters(plain(place.uncertainty().orElseThrow()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private void address(CivicAddress address) throws XMLStreamException {
        xml.writeStartElement("ca:civicAddress");
        xml.writeNamespace("ca", CIVIC);
        for (var part : address.parts().entrySet()) {
            leaf("ca:" + part.getKey().tag(), part.getValue());
        }
        xml.writeEndElement();
    }
}
