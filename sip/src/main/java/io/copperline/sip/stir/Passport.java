package io.copperline.sip.stir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A PASSporT (RFC 8225), with the claims of SHAKEN (RFC 8588): who calls whom, when, and what the signer vouches for.
 *
 * @param x5u where the signer's certificate is
 * @param shaken whether its {@code ppt} is {@code shaken}
 * @param attest empty unless it is SHAKEN
 * @param orig the caller: digits, or a URI
 * @param destNumbers the called, as digits
 * @param destUris the called, as URIs
 * @param iat when it was signed
 * @param origid an opaque name of the origin, for tracing; empty unless it is SHAKEN
 */
record Passport(
        String x5u,
        boolean shaken,
        Optional<Attestation> attest,
        String orig,
        List<String> destNumbers,
        List<String> destUris,
        Instant iat,
        String origid) {
    private static final int MAX_TEXT = 512;
    private static final int MAX_DESTINATIONS = 16;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxStringLength(4096)
                        .build());
    }

    Passport {
        destNumbers = List.copyOf(destNumbers);
        destUris = List.copyOf(destUris);
    }

    /** What is signed: header and claims, keys in the order of the alphabet and no blanks (RFC 8225 section 9). */
    String signingInput() {
        String header = "{\"alg\":\"ES256\"" + (shaken ? ",\"ppt\":\"shaken\"" : "") + ",\"typ\":\"passport\",\"x5u\":"
                + quoted(x5u) + "}";
        String to = destNumbers.isEmpty() ? "\"uri\":" + list(destUris) : "\"tn\":" + list(destNumbers);
        String from = (isUri(orig) ? "\"uri\":" : "\"tn\":") + quoted(orig);
        String claims = "{" + attest.map(a -> "\"attest\":\"" + a + "\",").orElse("") + "\"dest\":{" + to + "},\"iat\":"
                + iat.getEpochSecond() + ",\"orig\":{" + from + "}"
                + (shaken ? ",\"origid\":" + quoted(origid) : "") + "}";
        return base64(header) + "." + base64(claims);
    }

    /** Reads header and claims; {@code BadIdentity} says what is wrong with them. The signature is not looked at. */
    static Passport parse(String header, String claims) throws BadIdentity {
        JsonNode head = json(header, "header");
        JsonNode body = json(claims, "claims");
        if (!text(head, "alg").equals("ES256") || !text(head, "typ").equals("passport")) {
            throw BadIdentity.invalid("not an ES256 passport");
        }
        String ppt = head.has("ppt") ? text(head, "ppt") : "";
        if (!ppt.isEmpty() && !ppt.equals("shaken") || head.has("crit")) {
            throw BadIdentity.invalid("an extension that we do not know"); // RFC 8225 section 8.1
        }
        boolean shaken = ppt.equals("shaken");
        JsonNode orig = body.path("orig");
        String from = orig.has("tn") ? text(orig, "tn") : text(orig, "uri");
        List<String> numbers = texts(body.path("dest").path("tn"));
        List<String> uris = texts(body.path("dest").path("uri"));
        if (numbers.isEmpty() && uris.isEmpty()) {
            throw BadIdentity.invalid("nobody is called");
        }
        Optional<Attestation> attest = shaken ? Attestation.parse(text(body, "attest")) : Optional.empty();
        if (shaken && attest.isEmpty()) {
            throw BadIdentity.invalid("no attestation");
        }
        String origid = shaken ? text(body, "origid") : "";
        return new Passport(text(head, "x5u"), shaken, attest, from, numbers, uris, iat(body), origid);
    }

    private static Instant iat(JsonNode claims) throws BadIdentity {
        JsonNode iat = claims.path("iat");
        if (!iat.canConvertToLong() || !iat.isIntegralNumber() || iat.asLong() < 0 || iat.asLong() > 1L << 40) {
            throw BadIdentity.invalid("no iat");
        }
        return Instant.ofEpochSecond(iat.asLong());
    }

    private static JsonNode json(String base64, String what) throws BadIdentity {
        try {
            JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(base64));
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException | java.io.IOException e) {
            // said below
        }
        throw BadIdentity.invalid("the " + what + " cannot be read");
    }

    private static String text(JsonNode object, String name) throws BadIdentity {
        JsonNode value = object.path(name);
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > MAX_TEXT) {
            throw BadIdentity.invalid("no " + name);
        }
        return value.textValue();
    }

    private static List<String> texts(JsonNode list) throws BadIdentity {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list) {
            if (!list.isArray() || !value.isTextual() || texts.size() >= MAX_DESTINATIONS) {
                throw BadIdentity.invalid("dest is not a list of texts");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    private static boolean isUri(String orig) {
        return orig.indexOf(':') >= 0;
    }

    private static String list(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(Passport::quoted).toList()) + "]";
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows no numbers: these pass through logs. */
    @Override
    public String toString() {
        return "Passport[" + attest + " " + x5u + "]";
    }
}
