package io.copperline.sip.location;

/** A part of a civic address, in the order of the schema (RFC 5139 section 4). */
public enum CivicElement {
    COUNTRY("country"),
    STATE("A1"),
    COUNTY("A2"),
    CITY("A3"),
    CITY_DISTRICT("A4"),
    LEADING_DIRECTION("PRD"),
    STREET("RD"),
    STREET_SUFFIX("STS"),
    TRAILING_DIRECTION("POD"),
    HOUSE_NUMBER("HNO"),
    HOUSE_NUMBER_SUFFIX("HNS"),
    ADDITIONAL("LOC"),
    FLOOR("FLR"),
    NAME("NAM"),
    POSTAL_CODE("PC"),
    BUILDING("BLD"),
    UNIT("UNIT"),
    ROOM("ROOM");

    private final String tag;

    CivicElement(String tag) {
        this.tag = tag;
    }

    /** Its name in the document. */
    String tag() {
        return tag;
    }
}
