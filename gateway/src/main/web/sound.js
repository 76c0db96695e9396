// The ring. A page may make sounds only after its person has touched it; until then it rings silently.

let context;

function wake() {
  context ??= new AudioContext();
  context.resume().catch(() => {});
}

for (const gesture of ['pointerdown', 'keydown']) {
  addEventListener(gesture, wake, { once: true, passive: true });
}

/** Starts ringing; returns what stops it. */
export function ring() {
  let stop = () => {};
  const burst = () => {
    stop();
    stop = context?.state === 'running' ? chime(context) : () => {};
  };
  burst();
  const timer = setInterval(burst, 3000);
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** Two soft pairs of notes, about a second and a half. */
function chime(audio) {
  const out = new GainNode(audio, { gain: 0.16 });
  out.connect(audio.destination);
  const notes = [587.33, 880, 587.33, 880].map((frequency, i) => {
    const at = audio.currentTime + i * 0.2 + (i > 1 ? 0.25 : 0);
    const note = new OscillatorNode(audio, { frequency, type: 'sine' });
    const shape = new GainNode(audio, { gain: 0 });
    shape.gain.setValueAtTime(0, at);
    shape.gain.linearRampToValueAtTime(1, at + 0.02);
    shape.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    note.connect(shape).connect(out);
    note.start(at);
    note.stop(at + 0.55);
    return note;
  });
  return () => {
    notes.forEach((note) => note.disconnect());
    out.disconnect();
  };
}
