"""How a WebRTC peer in Python reaches the gateway: calls out by HTTP, calls in by WebSocket."""

import json
import queue
import sys
import threading
import urllib.parse
import urllib.request

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup  # noqa: E402


def say(event, **details):
    sys.stdout.write(json.dumps({"event": event, **details}) + "\n")  # At once: several threads speak.
    sys.stdout.flush()


class HttpCall:
    """A call by docs/http-api.md."""

    def __init__(self, gateway, token, number):
        self.gateway, self.token, self.number = gateway, token, number
        self.location = None

    def answer(self, offer):
        """The gateway's answer to an offer that begins the call, or to one in the middle of it."""
        if self.location:
            return self.request("PATCH", self.location, offer)
        return self.request("POST", f"/v1/calls?to={urllib.parse.quote_plus(self.number)}", offer)

    def hang_up(self):
        if self.location:
            self.request("DELETE", self.location)

    def turn_server(self):
        """The first that the gateway hands out, as webrtcbin takes it."""
        server = json.loads(self.request("GET", "/v1/ice-servers"))["iceServers"][0]
        name, password = (urllib.parse.quote(server[part], safe="") for part in ("username", "credential"))
        return server["urls"][0].replace("turn:", f"turn://{name}:{password}@", 1)

    def request(self, method, path, offer=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/sdp"}
        body = offer.encode() if offer else None
        request = urllib.request.Request(self.gateway + path, data=body, headers=headers, method=method)
        with urllib.request.urlopen(request) as response:
            self.location = response.headers["Location"] or self.location
            return response.read().decode()


class IncomingCall:
    """A call that comes by docs/websocket.md. The socket belongs to the main loop."""

    def __init__(self, gateway, token):
        self.token = token
        self.id = None
        self.answers = queue.Queue()
        self.ended = threading.Event()
        self.session = Soup.Session()
        address = Soup.Message.new("GET", gateway.replace("http", "ws", 1) + "/v1/phone")
        self.session.websocket_connect_async(address, None, ["copperline.v1"], GLib.PRIORITY_DEFAULT, None, self.opened)

    def opened(self, session, result):
        self.socket = session.websocket_connect_finish(result)
        self.socket.connect("message", lambda _, kind, text: self.told(json.loads(text.get_data())))
        self.tell(type="hello", token=self.token)

    def tell(self, **message):
        GLib.idle_add(lambda: self.socket.send_text(json.dumps(message)))

    def told(self, message):
        say("told", message=message)
        if message["type"] == "incoming":
            self.id = message["call"]
        elif message["type"] == "answer":
            self.answers.put(message["sdp"])
        elif message.get("event") == "ended":
            self.ended.set()

    def answer(self, offer):
        self.tell(type="answer", call=self.id, offer=offer)
        return self.answers.get()

    def hang_up(self):
        if self.id:
            self.tell(type="hangup", call=self.id)
            self.ended.wait()
