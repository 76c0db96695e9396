"""A WebRTC peer by GStreamer's webrtcbin. It sends a tone, and writes what it hears to a file (16 bits, 8 kHz, mono).

With --call it places a call by the gateway's HTTP API; with --phone it waits for one on the gateway's WebSocket. Without both it answers
the offer that a command brings.

It says what happens in lines of JSON, and takes commands in lines:
    digit EVENT MILLIS    presses a key
    direction WAY         offers another direction of its voice: sendrecv, sendonly, inactive
    send TEXT             sends a message on its data channel
    pick-up               answers the phone
    offer SDP             answers this one; it is JSON text
    stats                 says its statistics
    end                   hangs up
"""

import argparse
import json
import re
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

from gstreamer_calls import HttpCall, IncomingCall, say  # noqa: E402

OPUS_PT = 96
EVENTS_PT = 97


def pipeline(tone_hz, opus_pt):
    opus = f"application/x-rtp,media=audio,encoding-name=OPUS,payload={opus_pt},clock-rate=48000,encoding-params=(string)2"
    return f"""
        webrtcbin name=peer bundle-policy=max-bundle
        rtpdtmfmux name=mux ssrc=4242 ! capssetter replace=true caps="{opus},ssrc=(uint)4242" ! peer.sink_0
        audiotestsrc is-live=true wave=sine freq={tone_hz} volume=0.3 ! audioconvert ! audioresample
          ! audio/x-raw,rate=48000,channels=1 ! opusenc frame-size=20 ! rtpopuspay pt={opus_pt} ! {opus} ! mux.sink_0
        rtpdtmfsrc pt={EVENTS_PT} clock-rate=48000 ! mux.priority_sink_0
    """


def heard(recording):
    return f"""
        queue ! rtpopusdepay ! opusdec ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=8000,channels=1
          ! filesink buffer-mode=unbuffered location={recording}
    """


def with_digits(sdp):
    """webrtcbin 1.22 offers no more than the one codec of its pad: what the pad carries beside it is added here."""
    lines = []
    for line in sdp.splitlines():
        lines.append(f"{line} {EVENTS_PT}" if line.startswith("m=audio ") else line)
        if line.startswith(f"a=rtpmap:{OPUS_PT} "):
            lines += [f"a=rtpmap:{EVENTS_PT} telephone-event/48000", f"a=fmtp:{EVENTS_PT} 0-15"]
    return "\r\n".join(lines) + "\r\n"


def turned(sdp, direction):
    """webrtcbin 1.22 comes back from no direction but sendrecv, so it hears of no other: what is offered and answered is altered."""
    return re.sub(r"^a=(sendrecv|sendonly|recvonly|inactive)(?=\r$)", f"a={direction}", sdp, flags=re.MULTILINE)


class Peer:
    def __init__(self, options, call=None):
        self.options = options
        self.call = call
        self.loop = GLib.MainLoop()
        self.pipeline = None
        self.channel = None
        self.direction = "sendrecv"
        self.gathered = threading.Event()

    def start(self, opus_pt=OPUS_PT):
        self.pipeline = Gst.parse_launch(pipeline(self.options.tone, opus_pt))
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("pad-added", self.hear)
        self.peer.connect("on-data-channel", lambda _, channel: self.listen(channel))
        for name in ("connection-state", "ice-connection-state"):
            self.peer.connect(f"notify::{name}", lambda peer, _, name=name: say(name, state=peer.get_property(name).value_nick))
        self.peer.connect("notify::ice-gathering-state", self.gathering)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self.failed)
        if self.options.relay:
            self.peer.set_property("turn-server", self.call.turn_server())
            self.peer.set_property("ice-transport-policy", GstWebRTC.WebRTCICETransportPolicy.RELAY)
        self.pipeline.set_state(Gst.State.READY)
        if self.options.channel:
            protocol = Gst.Structure.new_from_string(f"options,protocol=(string){self.options.channel}")
            self.listen(self.peer.emit("create-data-channel", "call", protocol))

    def run(self):
        threading.Thread(target=self.commands, daemon=True).start()
        self.loop.run()
        if self.pipeline:
            self.pipeline.set_state(Gst.State.NULL)

    # Offers and answers

    def begin(self):
        """Offers as soon as the pipeline knows what it will send."""
        self.start()
        self.peer.connect("on-negotiation-needed", self.offer)
        self.pipeline.set_state(Gst.State.PLAYING)

    def offer(self, *_):
        self.peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered))

    def offered(self, promise):
        reply = promise.get_reply()  # The offer lives as long as this.
        offer = reply.get_value("offer")
        if not offer:
            return  # The pipeline does not know yet what it will send; it needs negotiation again once it does.
        self.peer.emit("set-local-description", offer, None)
        threading.Thread(target=self.exchange, args=(offer.sdp.as_text(),), daemon=True).start()

    def gathering(self, *_):
        if self.peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            self.gathered.set()

    def exchange(self, offer):
        if self.options.candidates:
            self.gathered.wait()
            offer = self.peer.get_property("local-description").sdp.as_text()
        offer = turned(with_digits(offer), self.direction)
        say("offer", sdp=offer)
        answer = self.call.answer(offer)
        say("answer", sdp=answer)
        self.take("answer", turned(answer, "sendrecv"), self.done)

    def answer(self, offer):
        """webrtcbin 1.22 knows what its pad carries in an offer only by the offer's own payload type."""
        opus_pt = re.search(r"^a=rtpmap:(\d+) opus/", offer, re.MULTILINE | re.IGNORECASE)[1]
        self.start(opus_pt)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.take("offer", offer, lambda _: self.peer.emit("create-answer", None, Gst.Promise.new_with_change_func(self.answered)))

    def answered(self, promise):
        reply = promise.get_reply()
        answer = reply.get_value("answer")
        self.peer.emit("set-local-description", answer, None)
        say("answer", sdp=answer.sdp.as_text())

    def take(self, kind, sdp, then):
        _, message = GstSdp.SDPMessage.new_from_text(sdp)
        description = GstWebRTC.WebRTCSessionDescription.new(getattr(GstWebRTC.WebRTCSDPType, kind.upper()), message)
        self.peer.emit("set-remote-description", description, Gst.Promise.new_with_change_func(then))

    def done(self, promise):
        reply = promise.get_reply()
        if reply and reply.has_field("error"):
            say("failed", error=reply.get_value("error").message)

    # Sound and data

    def hear(self, _, pad):
        if pad.direction == Gst.PadDirection.SRC:
            sink = Gst.parse_bin_from_description(heard(self.options.recording), True)
            self.pipeline.add(sink)
            sink.sync_state_with_parent()
            say("track", linked=pad.link(sink.get_static_pad("sink")).value_nick)

    def listen(self, channel):
        self.channel = channel
        channel.connect("on-message-string", lambda _, text: say("message", text=text))
        for state in ("open", "close"):
            channel.connect(f"on-{state}", lambda channel, state=state: say("channel", state=state, label=channel.props.label))

    # Commands

    def commands(self):
        doings = {
            "digit": lambda rest: self.press(*map(int, rest.split())),
            "direction": self.turn,
            "send": lambda text: self.channel.emit("send-string", text),
            "pick-up": lambda _: self.begin(),
            "offer": lambda sdp: self.answer(json.loads(sdp)),
            "stats": lambda _: self.peer.emit("get-stats", None, Gst.Promise.new_with_change_func(self.stats)),
        }
        for line in sys.stdin:
            command, _, rest = line.rstrip("\n").partition(" ")
            if command == "end":
                break
            doings[command](rest)
        if self.call:
            self.call.hang_up()
        self.loop.quit()

    def turn(self, direction):
        self.direction = direction
        self.offer()

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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tone", type=int, required=True)
    parser.add_argument("--recording", required=True)
    parser.add_argument("--gateway")
    parser.add_argument("--token")
    parser.add_argument("--call", metavar="NUMBER")
    parser.add_argument("--phone", action="store_true")
    parser.add_argument("--channel", help="the protocol of a data channel to open")
    parser.add_argument("--relay", action="store_true", help="only by the gateway's TURN server")
    parser.add_argument("--candidates", action="store_true", help="offers with all of its candidates")
    options = parser.parse_args()
    Gst.init(None)
    if options.call:
        peer = Peer(options, HttpCall(options.gateway, options.token, options.call))
        peer.begin()
    elif options.phone:
        peer = Peer(options, IncomingCall(options.gateway, options.token))
    else:
        peer = Peer(options)
    peer.run()


main()
