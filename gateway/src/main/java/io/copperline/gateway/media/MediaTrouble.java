package io.copperline.gateway.media;

/**
 * What can be said about a leg's audio while it flows, or does not. {@code docs/http-api.md} lists the codes; each has a
 * sentence for people, by whose side it is.
 */
public enum MediaTrouble {
    /** The browser has had our answer for three seconds, and no check of its ICE has come. */
    NO_CHECKS(
            "Your network does not let this browser reach the gateway. Try another network, or turn off a VPN; the operator should"
                    + " check that UDP to the media port is open and that the right address is advertised.",
            ""),
    /** DTLS was not done two seconds after the path was found. */
    DTLS_SLOW(
            "Securing the connection takes unusually long. If the call does not begin in a few seconds, try another network.",
            ""),
    /** Nothing has come for three seconds. */
    NO_AUDIO(
            "Nothing arrives from this browser any more. Check its network; if it does not come back, call again.",
            "No sound arrives from the phone network. If it does not come back, call again; the operator should check the trunk's"
                    + " media addresses and the firewall."),
    /** Its audio comes, but its reports say that ours does not arrive. */
    NOT_HEARD(
            "The gateway hears this browser, but this browser does not receive the phone. Turn off a VPN, or try another network.",
            ""),
    /** Packets come and hold nothing but silence. */
    SILENCE(
            "Only silence comes from this microphone. It may be muted: in the page, in the system, or by a switch on the headset.",
            "Only silence comes from the phone: the other side may be muted."),
    /** More than a twentieth of the last five seconds was lost. */
    LOSSY(
            "Your network loses part of your voice. A cable, or a place nearer to the access point, helps most.",
            "The phone network loses part of the sound. The operator should look at the way to the trunk."),
    /** Audio now comes from another address than the one that was signalled. */
    LATCHED(
            "",
            "The carrier sends from another address than it announced, as it does behind NAT. Nothing needs to be done."),
    /** What was wrong before has passed. */
    RECOVERED("", "");

    private final String browserRemedy;
    private final String trunkRemedy;

    MediaTrouble(String browserRemedy, String trunkRemedy) {
        this.browserRemedy = browserRemedy;
        this.trunkRemedy = trunkRemedy;
    }

    /** What it means and what to do, for the person at the browser; empty where there is nothing to say. */
    public String remedy(boolean ofTrunk) {
        return ofTrunk ? trunkRemedy : browserRemedy;
    }
}
