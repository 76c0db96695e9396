package io.copperline.sip.location;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads what was written by the namespaces of the RFCs. */
class PidfLoTest {
    private static final Instant AT = Instant.parse("2026-11-27T16:00:00.5Z");
    private static final String ENTITY = "sip:+12025550150@gateway.example";
    private static final String INFO = "/p:presence/dm:device/gp:geopriv/gp:location-info/";

    private static Document read(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static XPath path() {
        Map<String, String> names = Map.of(
                "p", "urn:ietf:params:xml:ns:pidf",
                "dm", "urn:ietf:params:xml:ns:pidf:data-model",
                "gp", "urn:ietf:params:xml:ns:pidf:geopriv10",
                "gbp", "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy",
                "ca", "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr",
                "gml", "http://www.opengis.net/gml",
                "gs", "http://www.opengis.net/pidflo/1.0");
        XPath path = XPathFactory.newDefaultInstance().newXPath();
        path.setNamespaceContext(new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                return names.get(prefix);
            }

            @Override
            public String getPrefix(String uri) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Iterator<String> getPrefixes(String uri) {
                throw new UnsupportedOperationException();
            }
        });
        return path;
    }

    private static String at(String xpath, Document document) throws Exception {
        return path().evaluate(xpath, document);
    }

    private static Document place(String uri) throws Exception {
        return read(PidfLo.of(GeoUri.parse(uri).orElseThrow(), ENTITY, AT));
    }

    @Test
    void saysWhoseItIsAndWhatMayBeDoneWithIt() throws Exception {
        Document document = place("geo:38.8977,-77.0365");
        assertEquals(ENTITY, at("/p:presence/@entity", document));
        assertEquals("2026-11-27T16:00:00Z", at("/p:presence/dm:device/dm:timestamp", document));
        String rules = "/p:presence/dm:device/gp:geopriv/gp:usage-rules/";
        assertEquals("false", at(rules + "gbp:retransmission-allowed", document));
        assertEquals("2026-11-28T16:00:00Z", at(rules + "gbp:retention-expiry", document));
    }

    /** RFC 5491 section 5. */
    @Test
    void aPlaceIsAPointOrAsLargeAsItMayBeOff() throws Exception {
        Document point = place("geo:38.8977,-77.0365");
        assertEquals("38.8977 -77.0365", at(INFO + "gml:Point/gml:pos", point));
        assertEquals("urn:ogc:def:crs:EPSG::4326", at(INFO + "gml:Point/@srsName", point));
        Document high = place("geo:38.8977,-77.0365,12.5;u=0");
        assertEquals("38.8977 -77.0365 12.5", at(INFO + "gml:Point/gml:pos", high));
        assertEquals("urn:ogc:def:crs:EPSG::4979", at(INFO + "gml:Point/@srsName", high));
        Document circle = place("geo:38.8977,-77.0365;u=20");
        assertEquals("38.8977 -77.0365", at(INFO + "gs:Circle/gml:pos", circle));
        assertEquals("20", at(INFO + "gs:Circle/gs:radius[@uom='urn:ogc:def:uom:EPSG::9001']", circle));
        Document sphere = place("geo:38.8977,-77.0365,12.5;u=20");
        assertEquals("38.8977 -77.0365 12.5", at(INFO + "gs:Sphere/gml:pos", sphere));
        assertEquals("20", at(INFO + "gs:Sphere/gs:radius", sphere));
    }

    /** RFC 5139 section 4: the schema is a sequence. */
    @Test
    void anAddressHasItsPartsInTheOrderOfTheSchema() throws Exception {
        Document document = read(PidfLo.of(
                new CivicAddress(Map.of(
                        CivicElement.ROOM, "201",
                        CivicElement.CITY, "Washington & <Co>",
                        CivicElement.COUNTRY, "US",
                        CivicElement.STREET, "Pennsylvania",
                        CivicElement.HOUSE_NUMBER, "1600")),
                ENTITY,
                AT));
        NodeList parts = (NodeList) path().evaluate(INFO + "ca:civicAddress/*", document, XPathConstants.NODESET);
        assertEquals(
                "country=US A3=Washington & <Co> RD=Pennsylvania HNO=1600 ROOM=201",
                IntStream.range(0, parts.getLength())
                        .mapToObj(parts::item)
                        .map(part -> part.getLocalName() + "=" + part.getTextContent())
                        .collect(Collectors.joining(" ")));
    }
}
