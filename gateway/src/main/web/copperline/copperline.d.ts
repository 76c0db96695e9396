/** Types of @copperline/browser. */

export interface ConnectOptions {
  /** The gateway, such as `https://gateway.example`; the page's own origin where missing. */
  url?: string;
  /** A token (JWT) that your server made. */
  token?: string;
  /** Asked for a token at each connect and shortly before the last one expires. */
  getToken?: () => Promise<string> | string;
  /** Your own instead of those that the gateway hands out. */
  iceServers?: RTCIceServer[];
  /** `relay`: by TURN servers only. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** How the microphone is opened. */
  audio?: MediaTrackConstraints | boolean;
  /** Your own source of sound instead of the microphone; it is not stopped with the call. */
  microphone?: MediaStream;
  /** `false`: the library does not play the phone's sound; use `call.remoteStream`. */
  play?: boolean;
}

export function connect(options?: ConnectOptions): Promise<Phone>;

export type ErrorCode =
  | 'insecure-context'
  | 'microphone-refused'
  | 'microphone-missing'
  | 'microphone-in-use'
  | 'gateway-unreachable'
  | 'token-refused'
  | 'connection-lost'
  | 'media-not-supported'
  | 'digits-not-possible'
  | 'bad-digits'
  | 'call-ended'
  | 'phone-closed'
  /** Or a code of the gateway, see docs/http-api.md. */
  | (string & {});

export class CopperlineError extends Error {
  readonly code: ErrorCode;
  /** What a person can do about it. */
  readonly remedy: string;
}

export interface PhoneEvents {
  /** The phone rings here. */
  incoming: [call: Call];
  /** `call()` began; the call object before its promise resolves. */
  outgoing: [call: Call];
  /** The connection to the gateway is back. */
  connected: [];
  /** The connection is lost and being made again; calls go on. */
  reconnecting: [];
  /** It is over: `close()` was called, or the token is refused for good. */
  closed: [error?: CopperlineError];
  /** The gateway complained about something that is no call. */
  error: [error: CopperlineError];
}

export class Phone {
  /** Who the token says we are. */
  readonly user: string;
  /** The numbers we may show. */
  readonly numbers: string[];
  readonly calls: Call[];
  readonly connected: boolean;
  /**
   * Rejects with a CopperlineError where the microphone or the gateway refuses. `from` is a number of the user's own, or
   * 'anonymous'; `name` one of the token's `names`; `headers` those that the trunk passes (its `headers-out`); `location` where
   * the user is, told in emergency calls only: what the browser's Geolocation API gives, or a `geo:` URI (RFC 5870).
   */
  call(
    number: string,
    options?: {
      from?: string;
      name?: string;
      headers?: Record<string, string>;
      location?: GeolocationPosition | GeolocationCoordinates | string | null;
    },
  ): Promise<Call>;
  close(): void;
  on<E extends keyof PhoneEvents>(event: E, listener: (...details: PhoneEvents[E]) => void): () => void;
  once<E extends keyof PhoneEvents>(event: E, listener: (...details: PhoneEvents[E]) => void): () => void;
  off<E extends keyof PhoneEvents>(event: E, listener: (...details: PhoneEvents[E]) => void): void;
}

export type CallState = 'incoming' | 'starting' | 'trying' | 'ringing' | 'early-media' | 'answered' | 'ended';

/** Who has forwarded a call. */
export interface Diversion {
  /** Empty where it is withheld. */
  number: string;
  /** As RFC 5806 has it, such as 'no-answer'. */
  reason: string;
  withheld: boolean;
}

export interface At {
  /** When, in ISO 8601. */
  at: string;
}

export interface Dtmf extends At {
  digit: string;
  durationMillis: number;
  direction: 'to-phone' | 'from-phone';
  /** How the digit travelled on the trunk. */
  via: 'rfc4733' | 'info' | 'inband';
}

export interface MediaReport extends At {
  code: 'no-checks' | 'dtls-slow' | 'no-audio' | 'not-heard' | 'silence' | 'lossy' | 'latched' | 'recovered';
  side: 'browser' | 'trunk';
  /** Since when, in ISO 8601. */
  since: string;
  /** What it means and what the person here can do. */
  remedy?: string;
}

export interface Ended extends At {
  /** One of docs/end-codes.md, or `connection-lost`. */
  code: string;
  by: 'browser' | 'trunk' | 'gateway';
  /** What it means and what to do, for people. */
  remedy: string;
  sipStatus?: number;
  q850?: number;
}

/** How one leg of the call sounds, measured by the gateway. */
export interface LegQuality {
  /** Mean opinion score, 1 (bad) to 4.5 (as good as a telephone can be), by the E-model (ITU-T G.107). */
  mos: number;
  /** Packets that the gateway missed of this leg and could not recover. */
  lossPercent: number;
  /** Packets of the gateway that this leg missed. */
  sentLossPercent?: number;
  jitterMillis: number;
  roundTripMillis?: number;
  /** From this leg's microphone through the gateway. */
  delayMillis: number;
}

export interface Quality {
  grade: 'good' | 'fair' | 'poor' | 'unknown';
  /** Whose side makes it fair or poor: this browser's network, or the phone network's. */
  side?: 'browser' | 'trunk';
  /** The gateway's own measurements; empty before the call has been answered for some seconds. */
  legs: { browser?: LegQuality; trunk?: LegQuality };
  /** Packets from the gateway that were lost, since the reading before. */
  lossPercent?: number;
  /** Packets to the gateway that were lost. */
  sentLossPercent?: number;
  jitterMillis?: number;
  roundTripMillis?: number;
  codec?: string;
}

/** One side holds the other, or takes it back. */
export interface Hold extends At {
  held: boolean;
  by: 'browser' | 'trunk';
}

/** The call is on its way from one phone to another, by this page's wish or the carrier's. */
export interface Transfer extends At {
  /** `failed`: the call goes on as it was. */
  state: 'started' | 'ringing' | 'succeeded' | 'failed';
  by: 'browser' | 'trunk';
  /** The number of the other phone, where it is known. */
  to?: string;
  /** What the other phone says. */
  sipStatus?: number;
}

/** A key that was pressed has not reached the phone. */
export interface DtmfFailed extends At {
  digit: string;
  /** What the carrier says to it; 0 where it says nothing. */
  sipStatus: number;
}

/** The carrier has sent the call to another number before anyone answered. */
export interface Redirected extends At {
  to: string;
}

/** A trunk has failed an emergency call, and the next one is tried. */
export interface NextTrunk extends At {
  trunk: string;
  code: string;
}

export interface CallEvents {
  state: [state: CallState];
  trying: [details: At];
  ringing: [details: At];
  'early-media': [details: At];
  'next-trunk': [details: NextTrunk];
  answered: [details: At];
  dtmf: [details: Dtmf];
  'dtmf-failed': [details: DtmfFailed];
  hold: [details: Hold];
  media: [details: MediaReport];
  redirected: [details: Redirected];
  transfer: [details: Transfer];
  /** Every two seconds. */
  quality: [quality: Quality];
  reconnecting: [details: { what: 'signalling' | 'media' }];
  reconnected: [details: { what: 'signalling' | 'media' }];
  /** Always the last. */
  ended: [end: Ended];
}

export class Call {
  /** The gateway's id; undefined until it took the call. */
  readonly id?: string;
  readonly direction: 'outbound' | 'inbound';
  readonly from?: string;
  readonly to: string;
  /** The caller's name, where an incoming call has one: whatever the caller says. */
  readonly name?: string;
  /** Who has forwarded an incoming call, where somebody has. */
  readonly diversion?: Diversion;
  /** Headers of an incoming call that the trunk passes (its `headers-in`). */
  readonly headers: Record<string, string>;
  /** Whether the caller is who he says, such as `TN-Validation-Passed-A`; undefined where the gateway does not check. */
  readonly verstat?: string;
  /** The other side's number. */
  readonly number: string;
  readonly state: CallState;
  readonly muted: boolean;
  readonly held: boolean;
  readonly answeredAt?: Date;
  readonly end?: Ended;
  /** Resolves when the call is over. */
  readonly finished: Promise<Ended>;
  /** The phone's sound. */
  readonly remoteStream: MediaStream;
  /** Our sound. */
  readonly microphone?: MediaStream;
  readonly peerConnection?: RTCPeerConnection;
  accept(): Promise<void>;
  decline(): void;
  hangup(): void;
  mute(on?: boolean): void;
  /** Holds the call, so that nothing is sent or heard, or goes on with it. Resolves when the gateway agreed. */
  hold(on?: boolean): Promise<void>;
  /**
   * Has the carrier put the phone through to a number, or to the phone of another answered call on the same trunk. Resolves when the
   * carrier tries: the event `transfer` tells the rest. Rejects with `transfer-not-supported`, `transfer-refused`,
   * `transfer-not-possible`, or as `Phone.call` does for a number that may not be called.
   */
  transfer(to: string | Call): Promise<void>;
  /** Resolves with the digits that have played. Times in milliseconds. */
  sendDigits(digits: string, options?: { duration?: number; gap?: number }): Promise<string>;
  cancelDigits(): void;
  /** How loud it is now, 0 to 1. */
  audioLevel(): { remote: number; microphone: number };
  quality(): Promise<Quality>;
  on<E extends keyof CallEvents>(event: E, listener: (...details: CallEvents[E]) => void): () => void;
  once<E extends keyof CallEvents>(event: E, listener: (...details: CallEvents[E]) => void): () => void;
  off<E extends keyof CallEvents>(event: E, listener: (...details: CallEvents[E]) => void): void;
}
