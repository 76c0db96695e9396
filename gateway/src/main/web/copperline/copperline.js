/**
 * @copperline/browser: phone calls in a web page.
 *
 *   import { connect } from 'https://gateway.example/copperline/copperline.js';
 *   const phone = await connect({ url: 'https://gateway.example', getToken });
 *   const call = await phone.call('+12025550100');
 *   call.on('answered', () => call.sendDigits('123#'));
 *   phone.on('incoming', (call) => call.accept());
 */
import { Call } from './call.js';
import { CopperlineError } from './errors.js';
import { Emitter } from './events.js';
import { geoUri } from './location.js';
import { PhoneSocket } from './socket.js';

export { Call, CopperlineError };

const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** What the gateway's reasons to stop ringing are as ends of a call. */
const STOPPED = {
  'answered-elsewhere': { code: 'answered-elsewhere', by: 'browser', remedy: 'Another tab answered this call.' },
  'declined-elsewhere': { code: 'declined', by: 'browser', remedy: 'Another tab declined this call.' },
  'caller-hung-up': { code: 'cancelled', by: 'trunk', remedy: 'The caller hung up.' },
  'not-answered': { code: 'no-answer', by: 'gateway', remedy: 'The call was not answered in time.' },
};

/**
 * Connects to a gateway. Resolves when it knows who we are.
 * @param {import('./copperline.js').ConnectOptions} options
 */
export async function connect(options = {}) {
  const phone = new Phone(options);
  await phone._open();
  return phone;
}

/** A web user's phone. Events: `incoming` (call), `connected`, `reconnecting`, `closed` (error). */
export class Phone extends Emitter {
  user;
  numbers = [];
  #options;
  #socket;
  #calls = new Set();
  #refs = new Map();
  #nextRef = 1;
  #iceServers = [];

  /** Use `connect`. */
  constructor(options) {
    super();
    this.#options = options;
    this.#socket = new PhoneSocket(phoneUrl(options.url), () => tokenOf(options));
    this.#socket.on('message', (message) => this.#onMessage(message));
    this.#socket.on('open', (welcome, again) => this.#onOpen(welcome, again));
    this.#socket.on('lost', () => this.#onLost());
    this.#socket.on('closed', (error) => this.#onClosed(error));
    globalThis.addEventListener?.('pagehide', this.#onPageHide);
    globalThis.addEventListener?.('online', this.#onOnline);
  }

  /** The calls that are not over. */
  get calls() {
    return [...this.#calls];
  }

  get connected() {
    return this.#socket.connected;
  }

  /** Phones a number. Resolves when the gateway took the call; `trying`, `ringing` and the rest follow as events. */
  async call(number, { from, name, headers, location } = {}) {
    const call = new Call(this.#wire(), { direction: 'outbound', from, to: number });
    const ref = String(this.#nextRef++);
    this.#calls.add(call);
    this.#refs.set(ref, call);
    this.emit('outgoing', call);
    try {
      const offer = await call._offer();
      if (!this.#socket.send({ type: 'call', ref, to: number, from, name, headers, location: geoUri(location), offer })) {
        throw new CopperlineError('connection-lost', 'There is no connection to the gateway at the moment.');
      }
      await call._answered;
      return call;
    } catch (error) {
      if (call.id && call.state === 'ended') {
        return call; // The gateway took it, and it was over at once, as where the phone is busy: `finished` says how.
      }
      call._onEvent({ event: 'ended', code: error.code ?? 'gateway-error', by: 'gateway', remedy: error.remedy });
      throw error;
    }
  }

  /** Hangs up everything and says good-bye. */
  close() {
    this.calls.filter((call) => call.state !== 'incoming').forEach((call) => call.hangup());
    this.#socket.close();
  }

  /** @internal */
  _open() {
    return this.#socket.open();
  }

  #wire() {
    return {
      options: this.#options,
      send: (message) => this.#socket.send(message),
      microphone: () => openMicrophone(this.#options),
      iceServers: () => this.#options.iceServers ?? this.#iceServers,
      forget: (call) => {
        this.#calls.delete(call);
        this.#refs.forEach((other, ref) => other === call && call.id && this.#refs.delete(ref));
      },
    };
  }

  #onOpen(welcome, again) {
    this.user = welcome.user;
    this.numbers = welcome.numbers;
    this.#iceServers = welcome.iceServers ?? [];
    for (const call of this.#calls) {
      if (call.id) {
        this.#socket.send({ type: 'resume', call: call.id, after: call.lastEvent });
        call._onSignalling(true);
      }
    }
    if (again) {
      this.emit('connected');
    }
  }

  #onLost() {
    this.emit('reconnecting');
    for (const call of this.calls) {
      if (call.id) {
        call._onSignalling(false);
      } else {
        call._onRefused(new CopperlineError('connection-lost', 'The connection broke before the call was placed.'));
      }
    }
  }

  #onClosed(error) {
    globalThis.removeEventListener?.('pagehide', this.#onPageHide);
    globalThis.removeEventListener?.('online', this.#onOnline);
    this.calls.filter((call) => call.state === 'incoming').forEach((call) => call._onEvent(lost()));
    this.emit('closed', error);
  }

  #onMessage(message) {
    switch (message.type) {
      case 'ice-servers':
        this.#iceServers = message.iceServers;
        break;
      case 'incoming':
        this.#onIncoming(message);
        break;
      case 'answer':
        this.#onAnswer(message);
        break;
      case 'restarted':
        this.#byId(message.call)?._onRestarted(message.sdpfrag).catch(() => {}); // Too late: the call has ended.
        break;
      case 'renegotiated':
        this.#byId(message.call)?._onRenegotiated(message.sdp);
        break;
      case 'transferring':
        this.#byId(message.call)?._onTransferring();
        break;
      case 'event':
        this.#byId(message.call)?._onEvent(message);
        break;
      case 'stop-ringing':
        this.#byId(message.call)?._onEvent({ event: 'ended', ...(STOPPED[message.reason] ?? STOPPED['not-answered']) });
        break;
      case 'error':
        this.#onError(message);
        break;
    }
  }

  #onIncoming({ call: id, from, to, name, diversion, headers, verstat }) {
    if (!this.#byId(id)) {
      const call = new Call(this.#wire(), { id, direction: 'inbound', from, to, name, diversion, headers, verstat });
      this.#calls.add(call);
      this.emit('incoming', call);
    }
  }

  #onAnswer({ ref, call: id, sdp }) {
    const call = ref === undefined ? this.#byId(id) : this.#refs.get(ref);
    this.#refs.delete(ref);
    if (!call) {
      this.#socket.send({ type: 'hangup', call: id });
      return;
    }
    call._onAnswer(id, sdp).catch((error) => {
      this.#socket.send({ type: 'hangup', call: id });
      call._onRefused(new CopperlineError('media-not-supported', String(error?.message ?? error)));
    });
  }

  #onError(message) {
    const error = CopperlineError.fromGateway(message);
    const call = message.ref === undefined ? this.#byId(message.call) : this.#refs.get(message.ref);
    if (!call) {
      this.emit('error', error);
    } else if (message.about === 'call' || message.about === 'answer') {
      this.#refs.delete(message.ref);
      call._onRefused(error);
    } else if (message.about === 'transfer') {
      call._onTransferring(error);
    } else if (message.about === 'renegotiate') {
      call._onNotRenegotiated(error);
    } else if (error.code === 'no-such-call') {
      call._onEvent(lost());
    }
  }

  #byId(id) {
    return this.calls.find((call) => call.id === id);
  }

  #onOnline = () => this.calls.forEach((call) => call._onNetwork());

  // A tab that is closed says good-bye, so that the phone does not wait for the media time-out.
  #onPageHide = (event) => {
    if (!event.persisted) {
      this.close();
    }
  };
}

function lost() {
  return { event: 'ended', code: 'connection-lost', by: 'gateway', remedy: new CopperlineError('connection-lost').remedy };
}

function phoneUrl(url = globalThis.location?.origin) {
  const parsed = new URL(url, globalThis.location?.href);
  parsed.protocol = parsed.protocol.replace(/^http/, 'ws');
  if (!parsed.pathname.endsWith('/v1/phone')) {
    parsed.pathname = `${parsed.pathname.replace(/\/$/, '')}/v1/phone`;
  }
  return parsed.href;
}

async function tokenOf({ token, getToken }) {
  const text = getToken ? await getToken() : token;
  if (typeof text !== 'string' || text === '') {
    throw new CopperlineError('token-refused', 'connect() needs a token or getToken.');
  }
  return text;
}

async function openMicrophone({ microphone, audio }) {
  if (microphone) {
    return microphone;
  }
  if (!globalThis.navigator?.mediaDevices?.getUserMedia) {
    const secure = globalThis.isSecureContext !== false;
    throw new CopperlineError(secure ? 'media-not-supported' : 'insecure-context', 'Pages here get no microphone.');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: audio ?? MICROPHONE });
  } catch (error) {
    throw CopperlineError.fromMicrophone(error);
  }
}
