import { CopperlineError } from './errors.js';

const ANSWER_MILLIS = 10_000;
const STABLE_MILLIS = 500;

/** Offers in the middle of a call, one after the other. The phone never hears of them. */
export class Renegotiation {
  #peer;
  #send;
  #tail = Promise.resolve();
  #waiting;

  /** @param {(offer: string) => boolean} send sends an offer; false where there is no connection */
  constructor(peer, send) {
    this.#peer = peer;
    this.#send = send;
  }

  /** Makes a change to the peer and has it agreed on; what cannot be agreed on is taken back. */
  change(make) {
    const done = this.#tail.then(() => this.#negotiate(make));
    this.#tail = done.catch(() => {});
    return done;
  }

  async #negotiate(make) {
    await this.#stable();
    make();
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    try {
      const sdp = await this.#answerTo(this.#peer.localDescription.sdp);
      await this.#peer.setRemoteDescription({ type: 'answer', sdp });
    } catch (error) {
      if (this.#peer.signalingState === 'have-local-offer') {
        await this.#peer.setLocalDescription({ type: 'rollback' });
      }
      throw error;
    }
  }

  /** An ICE restart may have an offer open. */
  async #stable() {
    const late = Date.now() + ANSWER_MILLIS;
    while (this.#peer.signalingState !== 'stable') {
      if (Date.now() > late || this.#peer.signalingState === 'closed') {
        throw lost();
      }
      await new Promise((resolve) => {
        this.#peer.addEventListener('signalingstatechange', resolve, { once: true });
        setTimeout(resolve, STABLE_MILLIS);
      });
    }
  }

  #answerTo(offer) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(lost()), ANSWER_MILLIS);
      this.#waiting = { resolve, reject };
      this.#waiting.done = () => clearTimeout(late);
      if (!this.#send(offer)) {
        this.refused(lost());
      }
    });
  }

  /** The gateway's answer. */
  answered(sdp) {
    this.#waiting?.done();
    this.#waiting?.resolve(sdp);
    this.#waiting = undefined;
  }

  refused(error) {
    this.#waiting?.done();
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

function lost() {
  return new CopperlineError('connection-lost', 'There is no connection to the gateway at the moment.');
}
