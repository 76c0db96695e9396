/** The call's events beside the voice, so that they go on where the socket breaks. Their numbers are the same. */
export class EventChannel {
  #channel;

  /** @param {(event: object) => void} onEvent */
  constructor(peer, onEvent) {
    this.#channel = peer.createDataChannel('copperline', { protocol: 'copperline.events' });
    this.#channel.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'event' && this.#channel) {
        onEvent(message);
      }
    });
  }

  /** Whether it went out. */
  say(message) {
    const open = this.#channel?.readyState === 'open';
    if (open) {
      this.#channel.send(JSON.stringify(message));
    }
    return open;
  }

  /** Nothing is heard or said any more; the peer closes the channel itself. */
  leave() {
    this.#channel = undefined;
  }
}
