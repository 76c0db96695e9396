// The W3C's perfect negotiation (webrtc-pc section 10.7); what is to be sent waits in outbox for the test, which delivers it.
window.outbox = [];
window.channels = [];
window.meet = async (polite) => {
  const pc = (window.pc = new RTCPeerConnection());
  let makingOffer = false;
  let ignoreOffer = false;
  let isSettingRemoteAnswerPending = false;
  pc.ontrack = ({ track, streams }) => {
    const player = new Audio();
    player.srcObject = window.echo = streams[0] ?? new MediaStream([track]);
    player.play();
  };
  pc.ondatachannel = ({ channel }) => window.channels.push(channel);
  pc.onnegotiationneeded = async () => {
    try {
      makingOffer = true;
      await pc.setLocalDescription();
      outbox.push(pc.localDescription.toJSON());
    } finally {
      makingOffer = false;
    }
  };
  window.receive = async (description) => {
    const readyForOffer =
      !makingOffer && (pc.signalingState === 'stable' || isSettingRemoteAnswerPending);
    const offerCollision = description.type === 'offer' && !readyForOffer;
    ignoreOffer = !polite && offerCollision;
    if (ignoreOffer) {
      return 'ignored';
    }
    isSettingRemoteAnswerPending = description.type === 'answer';
    await pc.setRemoteDescription(description);
    isSettingRemoteAnswerPending = false;
    if (description.type === 'offer') {
      await pc.setLocalDescription();
      outbox.push(pc.localDescription.toJSON());
    }
    return 'taken';
  };
  window.microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
};
window.speak = () => pc.addTrack(microphone.getTracks()[0], microphone);
