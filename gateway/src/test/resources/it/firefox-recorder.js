// Put behind recorder.js into each page in Firefox, whose AudioContext does not run without a sound card: a MediaRecorder does.
(() => {
  let recorder;
  let recorded;
  let parts;
  let begun;

  Object.assign(window.copperlineTest, {
    record(stream) {
      parts = [];
      recorded = stream;
      recorder = new MediaRecorder(stream, { mimeType: 'audio/ogg;codecs=opus', audioBitsPerSecond: 128000 });
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.onstart = () => (begun = performance.now());
      begun = undefined;
      recorder.start();
    },

    goOn() {
      if (!recorder && recorded) {
        this.record(recorded);
      }
    },

    recordedSeconds: () => (begun === undefined ? 0 : (performance.now() - begun) / 1000),

    /** All of it, 16-bit little-endian at 8 kHz, in base64. */
    async recording() {
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.stop();
      await stopped;
      recorder = undefined;
      const coded = await new Blob(parts).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(coded);
      const bytes = new DataView(new ArrayBuffer(2 * sound.length));
      sound.getChannelData(0).forEach((sample, i) => {
        bytes.setInt16(2 * i, Math.max(-1, Math.min(1, sample)) * 32767, true);
      });
      let text = '';
      for (const byte of new Uint8Array(bytes.buffer)) {
        text += String.fromCharCode(byte);
      }
      return btoa(text);
    },
  });
})();
