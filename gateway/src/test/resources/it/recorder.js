// Put into each page of the integration tests: keeps a call's events, and records what it sends to the loudspeaker.
(() => {
  const NAMES = ['trying', 'ringing', 'early-media', 'answered', 'dtmf', 'media', 'ended'];
  let parts = [];
  let rate = 8000;
  let audio;
  let recorded;

  // Chromium's own noise suppression and gain change speech; what is measured here is the way behind them.
  const media = navigator.mediaDevices;
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = () =>
    open({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 } });

  const sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...how) {
      super(...how);
      sockets.push(this);
    }
  };

  window.copperlineTest = {
    events: [],
    sockets,

    watch(call) {
      this.events = [];
      for (const name of NAMES) {
        call.on(name, (details = {}) => {
          if (name === 'answered') {
            this.answeredAfterSeconds = this.recordedSeconds();
          }
          const words = Object.entries(details).map(([key, value]) => `${key}=${value}`);
          this.events.push([name, ...words].join(' '));
        });
      }
    },

    /** Watches each call that is placed from now on. */
    watchOutgoing(phone) {
      phone.on('outgoing', (call) => this.watch(call));
    },

    keepIncoming(phone) {
      phone.on('incoming', (call) => (this.incoming = call));
    },

    sender: (call) => call.peerConnection.getSenders().find(({ track }) => track?.kind === 'audio').dtmf,

    /** A field of one side's candidate of the pair in use. */
    async candidate(peer, side, field) {
      const stats = await peer.getStats();
      const all = [...stats.values()];
      const transport = all.find(({ type }) => type === 'transport');
      // Firefox says so in the pair instead.
      const pair = stats.get(transport?.selectedCandidatePairId) ?? all.find(({ selected }) => selected);
      return stats.get(pair?.[`${side}CandidateId`])?.[field];
    },

    record(stream) {
      audio?.close();
      recorded = stream;
      parts = [];
      audio = new AudioContext({ sampleRate: rate });
      const source = audio.createMediaStreamSource(stream);
      const tap = audio.createScriptProcessor(2048, 1, 1);
      tap.onaudioprocess = ({ inputBuffer }) => parts.push(new Float32Array(inputBuffer.getChannelData(0)));
      source.connect(tap);
      tap.connect(audio.destination);
    },

    /** Records the same anew where what was recorded has been taken. */
    goOn() {
      if (!audio && recorded) {
        this.record(recorded);
      }
    },

    recordedSeconds: () => parts.reduce((sum, part) => sum + part.length, 0) / rate,

    /** All of it, 16-bit little-endian, in base64. */
    recording() {
      audio.close();
      audio = undefined;
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const bytes = new DataView(new ArrayBuffer(2 * length));
      let at = 0;
      for (const part of parts) {
        for (const sample of part) {
          bytes.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true);
          at += 2;
        }
      }
      let text = '';
      for (const byte of new Uint8Array(bytes.buffer)) {
        text += String.fromCharCode(byte);
      }
      return btoa(text);
    },
  };
})();
