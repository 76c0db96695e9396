import { CopperlineError } from './errors.js';
import { Emitter } from './events.js';

const HELLO_TIMEOUT_MILLIS = 10_000;
const PING_MILLIS = 15_000;
const BACKOFF_MILLIS = [0, 500, 1000, 2000, 4000, 8000];
const RENEW_BEFORE_MILLIS = 60_000;

/**
 * The WebSocket `/v1/phone`, which comes back by itself.
 * Events: `message` (json), `open` (welcome, again), `lost`, `closed` (error).
 */
export class PhoneSocket extends Emitter {
  #url;
  #token;
  #socket;
  #attempt = 0;
  #closed = false;
  #welcomed = false;
  #unanswered = false;
  #retry;
  #ping;
  #renew;

  /** @param {() => Promise<string>} token */
  constructor(url, token) {
    super();
    this.#url = url;
    this.#token = token;
    globalThis.addEventListener?.('online', this.#hurry);
  }

  get connected() {
    return this.#welcomed;
  }

  /** Opens it for the first time; the promise fails if that does not work. */
  async open() {
    try {
      return await this.#dial(false);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Sends a message; false if there is no connection at the moment. */
  send(message) {
    // While a connection closes, the browser takes what is sent, and throws it away.
    if (!this.#welcomed || this.#socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close(error) {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    clearTimeout(this.#retry);
    globalThis.removeEventListener?.('online', this.#hurry);
    this.#hangUp();
    this.emit('closed', error);
  }

  async #dial(again) {
    const token = await this.#token().catch((error) => {
      // On the way back, whoever gives tokens may be away as the gateway is: that is no refusal.
      const code = again ? 'gateway-unreachable' : 'token-refused';
      throw error instanceof CopperlineError ? error : new CopperlineError(code, String(error?.message ?? error));
    });
    if (this.#closed) {
      throw new CopperlineError('phone-closed');
    }
    const welcome = await this.#greet(token);
    this.#welcomed = true;
    this.#unanswered = false;
    this.#attempt = 0;
    this.#ping = setInterval(() => this.#beat(), PING_MILLIS);
    this.#renewBefore(welcome.expiresAt);
    this.emit('open', welcome, again);
    return welcome;
  }

  #greet(token) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.#url, ['copperline.v1']);
      this.#socket = socket;
      const timer = setTimeout(() => socket.close(), HELLO_TIMEOUT_MILLIS);
      let refusal = new CopperlineError('gateway-unreachable', 'The gateway cannot be reached.');
      socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token }));
      socket.onmessage = (event) => {
        const message = JSON.parse(event.data);
        if (message.type === 'welcome') {
          clearTimeout(timer);
          socket.onmessage = (next) => this.#onMessage(next);
          resolve(message);
        } else if (message.type === 'error') {
          refusal = CopperlineError.fromGateway(message);
        }
      };
      socket.onclose = () => {
        clearTimeout(timer);
        reject(refusal);
        this.#onLost(socket);
      };
    });
  }

  #onMessage(event) {
    this.#unanswered = false;
    const message = JSON.parse(event.data);
    if (message.type !== 'pong') {
      this.emit('message', message);
    }
  }

  // A page does not see WebSocket pings, so it asks by itself whether the path still works.
  #beat() {
    if (this.#unanswered) {
      this.#onLost(this.#socket);
    } else {
      this.#unanswered = this.send({ type: 'ping' });
    }
  }

  #hangUp() {
    this.#welcomed = false;
    clearInterval(this.#ping);
    clearTimeout(this.#renew);
    const socket = this.#socket;
    if (socket) {
      this.#socket = undefined;
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    }
  }

  #onLost(socket) {
    if (socket !== this.#socket || this.#closed || !this.#welcomed) {
      return;
    }
    this.#hangUp();
    this.emit('lost');
    this.#redial();
  }

  #redial() {
    const wait = BACKOFF_MILLIS[Math.min(this.#attempt++, BACKOFF_MILLIS.length - 1)];
    this.#retry = setTimeout(() => this.#tryAgain(), wait * (0.75 + Math.random() / 2));
  }

  async #tryAgain() {
    try {
      await this.#dial(true);
    } catch (error) {
      if (error.code === 'token-refused') {
        this.close(error);
      } else if (!this.#closed) {
        this.#redial();
      }
    }
  }

  #hurry = () => {
    if (!this.#welcomed && !this.#closed && this.#attempt > 0) {
      clearTimeout(this.#retry);
      this.#attempt = 0;
      this.#redial();
    }
  };

  #renewBefore(expiresAt) {
    const wait = Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_MILLIS;
    if (wait > 0 && wait < 2 ** 31) {
      this.#renew = setTimeout(async () => {
        try {
          this.send({ type: 'token', token: await this.#token() });
        } catch (error) {
          this.emit('renewal-failed', error);
        }
      }, wait);
    }
  }
}
