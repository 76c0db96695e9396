const FORGET_MILLIS = 5000;

/**
 * Takes a call to another network: ICE begins anew (RFC 8445 section 9) while the old path, if it still works, goes on. Only
 * credentials and candidates are exchanged, as fragments (RFC 9725 section 4.3.3); nothing else of the call changes.
 */
export class IceRestart {
  #peer;
  #iceServers;
  #send;
  #begunAt = 0;
  #offered = false;

  /**
   * @param {() => RTCIceServer[]} iceServers those of now: the passwords that the peer began with may have ended
   * @param {() => boolean} send sends the new credentials of the local description; false where there is no connection
   */
  constructor(peer, iceServers, send) {
    this.#peer = peer;
    this.#iceServers = iceServers;
    this.#send = send;
  }

  /** Begins one, unless one is on its way. */
  async begin() {
    const now = Date.now();
    if (now - this.#begunAt < FORGET_MILLIS || this.#peer.connectionState === 'closed') {
      return;
    }
    if (this.#peer.signalingState !== 'stable' && !this.#offered) {
      // Another offer is on its way: this one follows it.
      this.#peer.addEventListener('signalingstatechange', () => this.begin().catch(() => {}), { once: true });
      return;
    }
    this.#begunAt = now;
    if (this.#peer.signalingState === 'stable') {
      this.#offered = true;
      this.#peer.setConfiguration({ ...this.#peer.getConfiguration(), iceServers: this.#iceServers() });
      await this.#peer.setLocalDescription(await this.#peer.createOffer({ iceRestart: true }));
    }
    if (!this.#send()) {
      this.#begunAt = 0; // The socket's return begins it again.
    }
  }

  /** The gateway's side of it: its last answer with new credentials and candidates. */
  async answer(fragment) {
    this.#begunAt = 0;
    this.#offered = false;
    const last = this.#peer.remoteDescription?.sdp;
    if (!last || this.#peer.signalingState !== 'have-local-offer') {
      return;
    }
    const lines = (text) => text.split(/\r?\n/).filter(Boolean);
    const fresh = lines(fragment).filter((line) => /^a=(ice-ufrag|ice-pwd|candidate):/.test(line));
    const kept = lines(last).filter((line) => !/^a=(ice-ufrag|ice-pwd|candidate):/.test(line));
    // Each section of the bundle says it.
    const sdp = kept.flatMap((line) => (line.startsWith('a=fingerprint:') ? [...fresh, line] : [line]));
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: `${sdp.join('\r\n')}\r\n` });
  }
}
