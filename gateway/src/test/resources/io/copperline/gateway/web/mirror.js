// Put into the page before it starts: an answer that begins with "mirror" comes from a second RTCPeerConnection in the
// page itself, which sends a tone. So the page has a real peer with real sound while the calls behind it are scripted.
(() => {
  const sockets = (window.mirrorSockets = []);
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  };

  const real = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    if (!description.sdp.startsWith('mirror')) {
      return real.call(this, description);
    }
    const other = new RTCPeerConnection();
    window.mirrorPeer = other;
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 440 });
    const out = new MediaStreamAudioDestinationNode(audio);
    const quiet = new GainNode(audio, { gain: 0.2 });
    tone.connect(quiet).connect(out);
    tone.start();
    other.addTrack(out.stream.getAudioTracks()[0]);
    other.onicecandidate = ({ candidate }) => candidate && this.addIceCandidate(candidate).catch(() => {});
    this.addEventListener('icecandidate', ({ candidate }) => candidate && other.addIceCandidate(candidate).catch(() => {}));
    await real.call(other, { type: 'offer', sdp: this.localDescription.sdp });
    await other.setLocalDescription(await other.createAnswer());
    await real.call(this, other.localDescription);
    // The first candidates were gathered before we listened.
    for (const line of this.localDescription.sdp.match(/^a=candidate:.*$/gm) ?? []) {
      await other.addIceCandidate({ candidate: line.slice(2), sdpMid: '0' });
    }
  };
})();
