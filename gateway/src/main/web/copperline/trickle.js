const GATHER_MILLIS = 50;

/**
 * Collects the browser's candidates and hands them on as fragments (RFC 8840 section 9). An offer leaves at once; what is
 * gathered later follows here, and it does not matter if it never does.
 */
export class Trickle {
  #peer;
  #send;
  #waiting = [];
  #timer;
  #open = false;

  /** @param {(fragment: string) => void} send */
  constructor(peer, send) {
    this.#peer = peer;
    this.#send = send;
    peer.addEventListener('icecandidate', (event) => this.#add(event.candidate));
  }

  /** The gateway knows the call: candidates may go. */
  start() {
    this.#open = true;
    this.#flushSoon();
  }

  /** Sends the local description's credentials now, with the candidates there are. */
  restart() {
    this.#open = true;
    return this.#flush();
  }

  stop() {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  #add(candidate) {
    this.#waiting.push(candidate?.candidate ? `a=${candidate.candidate}` : 'a=end-of-candidates');
    this.#flushSoon();
  }

  #flushSoon() {
    if (this.#open && this.#waiting.length > 0) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), GATHER_MILLIS);
    }
  }

  #flush() {
    const sdp = this.#peer.localDescription?.sdp;
    if (!this.#open || !sdp) {
      return false;
    }
    const line = (name) => sdp.match(new RegExp(`^a=${name}:.*$`, 'm'))?.[0].trim();
    const candidates = [...new Set(this.#waiting.splice(0))];
    const fragment = [line('ice-ufrag'), line('ice-pwd'), 'm=audio 9 UDP/TLS/RTP/SAVPF 0', line('mid'), ...candidates];
    return this.#send(`${fragment.filter(Boolean).join('\r\n')}\r\n`);
  }
}
