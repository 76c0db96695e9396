"""A call by GStreamer's webrtcbin: gstreamer-peer.py GATEWAY TOKEN NUMBER TONE_HZ RECORDING

Offers Opus and telephone-event, places the call by POST /v1/calls, sends a tone and writes what it hears to RECORDING (16 bits,
8 kHz, mono). Says what happens in lines of JSON; takes commands in lines: "digit EVENT MILLIS", "stats", "end".
"""

import json
import sys
import threading
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

GATEWAY, TOKEN, NUMBER, TONE_HZ, RECORDING = sys.argv[1:]
OPUS = "application/x-rtp,media=audio,encoding-name=OPUS,payload=96,clock-rate=48000,encoding-params=(string)2"
PIPELINE = f"""
    webrtcbin name=peer bundle-policy=max-bundle
    rtpdtmfmux name=mux ssrc=4242 ! capssetter replace=true caps="{OPUS},ssrc=(uint)4242" ! peer.sink_0
    audiotestsrc is-live=true wave=sine freq={TONE_HZ} volume=0.3 ! audioconvert ! audioresample
      ! audio/x-raw,rate=48000,channels=1 ! opusenc frame-size=20 ! rtpopuspay pt=96 ! {OPUS} ! mux.sink_0
    rtpdtmfsrc pt=97 clock-rate=48000 ! mux.priority_sink_0
"""
HEARD = f"""
    queue ! rtpopusdepay ! opusdec ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=8000,channels=1
      ! filesink buffer-mode=unbuffered location={RECORDING}
"""


def say(event, **details):
    sys.stdout.write(json.dumps({"event": event, **details}) + "\n")  # At once: several threads speak.
    sys.stdout.flush()


def with_digits(sdp):
    """webrtcbin 1.22 offers no more than the one codec of its pad: what the pad carries beside it is added here."""
    lines = []
    for line in sdp.splitlines():
        lines.append(f"{line} 97" if line.startswith("m=audio ") else line)
        if line.startswith("a=rtpmap:96 "):
            lines += ["a=rtpmap:97 telephone-event/48000", "a=fmtp:97 0-15"]
    return "\r\n".join(lines) + "\r\n"


class Peer:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.pipeline = Gst.parse_launch(PIPELINE)
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("on-negotiation-needed", self.offer)
        self.peer.connect("pad-added", self.hear)
        for name in ("connection-state", "ice-connection-state"):
            self.peer.connect(f"notify::{name}", lambda peer, _, name=name: say(name, state=peer.get_property(name).value_nick))
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self.failed)
        self.location = None

    def run(self):
        self.pipeline.set_state(Gst.State.PLAYING)
        threading.Thread(target=self.commands, daemon=True).start()
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)

    def offer(self, _):
        self.peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered))

    def offered(self, promise):
        reply = promise.get_reply()  # The offer lives as long as this.
        offer = reply.get_value("offer")
        if not offer:
            return  # The pipeline does not know yet what it will send; it needs negotiation again once it does.
        self.peer.emit("set-local-description", offer, None)
        sdp = with_digits(offer.sdp.as_text())
        say("offer", sdp=sdp)
        threading.Thread(target=self.place, args=(sdp,), daemon=True).start()

    def place(self, sdp):
        request = urllib.request.Request(
            f"{GATEWAY}/v1/calls?to={urllib.parse.quote_plus(NUMBER)}", data=sdp.encode(), headers=self.headers()
        )
        with urllib.request.urlopen(request) as response:
            self.location = response.headers["Location"]
            answer = response.read().decode()
        say("answer", sdp=answer)
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.peer.emit("set-remote-description", description, None)

    def headers(self):
        return {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sdp"}

    def hear(self, _, pad):
        if pad.direction == Gst.PadDirection.SRC:
            heard = Gst.parse_bin_from_description(HEARD, True)
            self.pipeline.add(heard)
            heard.sync_state_with_parent()
            say("track", linked=pad.link(heard.get_static_pad("sink")).value_nick)

    def commands(self):
        for line in sys.stdin:
            command, *rest = line.split()
            if command == "digit":
                self.press(*map(int, rest))
            elif command == "stats":
                self.peer.emit("get-stats", None, Gst.Promise.new_with_change_func(self.stats))
            elif command == "end":
                break
        if self.location:
            request = urllib.request.Request(GATEWAY + self.location, headers=self.headers(), method="DELETE")
            urllib.request.urlopen(request).close()
        self.loop.quit()

    def press(self, event, millis):
        self.key(start=True, type=1, method=1, number=event, volume=10)
        GLib.timeout_add(millis, lambda: self.key(start=False, type=1, method=1))

    def key(self, **fields):
        structure = Gst.Structure.new_empty("dtmf-event")
        for name, value in fields.items():
            structure.set_value(name, value)
        self.pipeline.send_event(Gst.Event.new_custom(Gst.EventType.CUSTOM_UPSTREAM, structure))
        return False

    def stats(self, promise):
        found = {}
        reply = promise.get_reply()
        for i in range(reply.n_fields()):
            one = reply.get_value(reply.nth_field_name(i))
            fields = {}
            one.foreach(lambda quark, value: fields.__setitem__(GLib.quark_to_string(quark), str(value)) or True)
            found[one.get_value("type").value_nick] = fields
        say("stats", stats=found)

    def failed(self, _, message):
        error, detail = message.parse_error()
        say("failed", error=error.message, detail=detail)
        self.loop.quit()


Gst.init(None)
Peer().run()
