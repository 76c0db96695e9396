import { CopperlineError } from './errors.js';

const TONES = /^[0-9A-D#*,]+$/;

/**
 * Sends digits one queue after the other through the browser's RTCDTMFSender, which the gateway turns into RFC 4733
 * events. (A second insertDTMF would replace what the first has still to play.)
 */
export class DigitQueue {
  #sender;
  #ask;
  #tail = Promise.resolve();
  #cancelCurrent = () => {};
  #generation = 0;

  /**
   * @param {() => RTCDTMFSender | null} sender
   * @param {(digits: string, duration: number) => boolean} ask asks the gateway to press them, where the browser cannot
   */
  constructor(sender, ask) {
    this.#sender = sender;
    this.#ask = ask;
  }

  /** Resolves with the digits that have played: all of them, or those before a cancel. */
  send(digits, { duration = 100, gap = 70 } = {}) {
    const tones = String(digits).toUpperCase();
    if (!TONES.test(tones)) {
      return Promise.reject(new CopperlineError('bad-digits', `"${digits}" cannot be sent as digits.`));
    }
    const generation = this.#generation;
    const playing = this.#tail.then(() => (generation === this.#generation ? this.#play(tones, duration, gap) : ''));
    this.#tail = playing.catch(() => {});
    return playing;
  }

  /** Stops what plays and forgets what waits. */
  cancel() {
    this.#generation++;
    this.#cancelCurrent();
  }

  #play(tones, duration, gap) {
    const sender = this.#sender();
    if (!sender?.canInsertDTMF) {
      if (/^[^,]{1,32}$/.test(tones) && this.#ask(tones, duration)) {
        return new Promise((resolve) => setTimeout(() => resolve(tones), tones.length * (duration + gap)));
      }
      throw new CopperlineError('digits-not-possible', 'The call cannot carry digits now.');
    }
    return new Promise((resolve) => {
      let played = '';
      const finish = () => {
        sender.removeEventListener('tonechange', onTone);
        this.#cancelCurrent = () => {};
        resolve(played);
      };
      const onTone = (event) => {
        if (event.tone === '') {
          finish();
        } else {
          played += event.tone;
        }
      };
      this.#cancelCurrent = () => {
        if (sender.canInsertDTMF) {
          sender.insertDTMF('');
        }
        finish();
      };
      sender.addEventListener('tonechange', onTone);
      sender.insertDTMF(tones, duration, gap);
    });
  }
}
