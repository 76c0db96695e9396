import { EventChannel } from './channel.js';
import { deferred } from './deferred.js';
import { DigitQueue } from './digits.js';
import { CopperlineError } from './errors.js';
import { Emitter } from './events.js';
import { QualityMeter } from './quality.js';
import { Renegotiation } from './renegotiation.js';
import { IceRestart } from './restart.js';
import { Transfer } from './transfer.js';
import { Trickle } from './trickle.js';

const LEVEL_MILLIS = 200;
const QUALITY_MILLIS = 2000;
/** A browser that lost its path for a moment often finds it again by itself. */
const RESTART_MILLIS = 1000;
const STATES = { trying: 'trying', ringing: 'ringing', 'early-media': 'early-media', answered: 'answered' };

/**
 * One call. Events: `trying`, `ringing`, `early-media`, `answered`, `dtmf`, `dtmf-failed`, `hold`, `media`, `quality`, `redirected`,
 * `transfer`, `reconnecting`, `reconnected`, `ended`, and `state` with each change of `state`.
 */
export class Call extends Emitter {
  id;
  direction;
  from;
  to;
  /** What an incoming call tells beside its numbers. Names are whatever the caller says. */
  name;
  diversion;
  headers;
  state;
  remoteStream = new MediaStream();
  microphone;
  held = false;
  answeredAt;
  end;
  #wire;
  #peer;
  #player;
  #trickle;
  #restart;
  #renegotiation;
  #channel;
  #meter = new QualityMeter();
  #timers = [];
  #lastEvent = 0;
  #resolveEnded;
  #digits = new DigitQueue(
    () => this.#audioSender()?.dtmf ?? null,
    (digits, durationMillis) => this.#say({ type: 'digits', digits, durationMillis }),
  );
  #answer = deferred();
  #mediaLost = false;
  #transfer = new Transfer();

  /** Made by the phone. `wire` is how the call reaches it: send, microphone, iceServers, options, forget. */
  constructor(wire, { id, direction, from, to, name, diversion, headers = {}, verstat }) {
    super();
    this.#wire = wire;
    this.id = id;
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.name = name;
    this.diversion = diversion;
    this.headers = headers;
    this.verstat = verstat;
    this.state = direction === 'inbound' ? 'incoming' : 'starting';
    /** Resolves with the `ended` event. */
    this.finished = new Promise((resolve) => (this.#resolveEnded = resolve));
  }

  /** The other side's number. */
  get number() {
    return this.direction === 'inbound' ? this.from : this.to;
  }

  get muted() {
    return this.microphone ? !this.microphone.getAudioTracks().some((track) => track.enabled) : false;
  }

  get peerConnection() {
    return this.#peer;
  }

  /** The number of the last event we saw; after a break the gateway goes on behind it. */
  get lastEvent() {
    return this.#lastEvent;
  }

  /** Picks up an incoming call. */
  async accept() {
    if (this.direction !== 'inbound' || this.state !== 'incoming') {
      throw new CopperlineError('call-ended', 'This call is not ringing here.');
    }
    this.#answer = deferred();
    this.#become('starting');
    try {
      const offer = await this._offer();
      this.#sendOrFail({ type: 'answer', call: this.id, offer });
      await this.#answer.promise;
    } catch (error) {
      if (this.state !== 'ended' && error.code !== 'already-answered') {
        this.#release();
        this.#become('incoming');
      }
      throw error;
    }
  }

  /** Refuses an incoming call, in all tabs. */
  decline() {
    this.#wire.send({ type: 'decline', call: this.id });
    this._onEvent({ event: 'ended', code: 'declined', by: 'browser', remedy: 'You declined the call.' });
  }

  /** Ends the call, or refuses it if it rings here. */
  hangup() {
    if (this.state === 'ended') {
      return;
    }
    if (this.state === 'incoming') {
      this.decline();
      return;
    }
    const code = this.answeredAt ? 'hangup' : 'cancelled';
    if (this.id && !this.#wire.send({ type: 'hangup', call: this.id })) {
      this.#say({ type: 'hangup' });
    }
    this._onEvent({ event: 'ended', code, by: 'browser', remedy: 'You hung up.' });
  }

  mute(on = true) {
    this.microphone?.getAudioTracks().forEach((track) => (track.enabled = !on));
  }

  /** Holds the call, so that nothing is sent or heard, or goes on with it. Resolves when the gateway agreed. */
  async hold(on = true) {
    const audio = this.#peer?.getTransceivers().find((one) => one.receiver.track.kind === 'audio');
    if (!audio || !this.id || this.state === 'ended') {
      throw new CopperlineError('call-ended');
    }
    const before = audio.direction;
    try {
      await this.#renegotiation.change(() => (audio.direction = on ? 'inactive' : 'sendrecv'));
      this.held = on;
    } catch (error) {
      audio.direction = before;
      throw error;
    }
  }

  /**
   * Has the carrier put this call's phone through to a number, or to the phone of another call of ours, which both end then.
   * Resolves when the carrier tries; the event `transfer` tells the rest, and the call goes on where it fails.
   * @param {string | Call} to
   */
  async transfer(to) {
    if (!this.id || this.state === 'ended') {
      throw new CopperlineError('call-ended');
    }
    const target = to instanceof Call ? { other: to.id } : { to };
    await this.#transfer.ask(() => this.#sendOrFail({ type: 'transfer', call: this.id, ...target }));
  }

  /** Plays digits to the phone: `0123456789*#ABCD`, and a comma for a pause. Resolves when they have played. */
  sendDigits(digits, options) {
    return this.state === 'ended'
      ? Promise.reject(new CopperlineError('call-ended'))
      : this.#digits.send(digits, options);
  }

  cancelDigits() {
    this.#digits.cancel();
  }

  /** How loud it is now, 0 to 1. */
  audioLevel() {
    const source = this.#peer?.getReceivers?.()[0]?.getSynchronizationSources?.()[0];
    return {
      remote: source?.audioLevel ?? this.#meter.remoteLevel,
      microphone: this.muted ? 0 : this.#meter.microphoneLevel,
    };
  }

  /** Loss, jitter, round trip and a grade. */
  async quality() {
    return this.#peer ? this.#meter.read(this.#peer) : { grade: 'unknown', legs: {} };
  }

  /** @internal Opens the microphone and makes the offer; never waits for candidates. */
  async _offer() {
    this.microphone = await this.#wire.microphone();
    if (this.state === 'ended') {
      this.#release();
      throw new CopperlineError('call-ended');
    }
    const { iceTransportPolicy } = this.#wire.options;
    const iceServers = this.#wire.iceServers();
    const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy, bundlePolicy: 'max-bundle' });
    this.#peer = peer;
    this.#trickle = new Trickle(peer, (sdpfrag) => this.#wire.send({ type: 'candidates', call: this.id, sdpfrag }));
    this.#restart = new IceRestart(peer, () => this.#wire.iceServers(), () => this.#trickle.restart());
    this.#renegotiation = new Renegotiation(peer, (offer) =>
      this.#wire.send({ type: 'renegotiate', call: this.id, offer }),
    );
    this.#channel = new EventChannel(peer, (message) => this._onEvent(message));
    peer.addEventListener('track', (event) => this.#onTrack(event.track));
    peer.addEventListener('connectionstatechange', () => this.#onConnection(peer.connectionState));
    this.microphone.getAudioTracks().forEach((track) => peer.addTrack(track, this.microphone));
    await peer.setLocalDescription(await peer.createOffer());
    return peer.localDescription.sdp;
  }

  /** @internal The gateway's SDP answer, which is final for the call. */
  async _onAnswer(id, sdp) {
    this.id = id;
    if (this.state === 'ended') {
      this.#wire.send({ type: 'hangup', call: id });
      return;
    }
    await this.#peer.setRemoteDescription({ type: 'answer', sdp });
    this.#trickle?.start();
    this.#timers = [
      setInterval(() => this.#meter.listen(this.#peer), LEVEL_MILLIS),
      setInterval(() => this.#measure(), QUALITY_MILLIS),
    ];
    this.#answer.resolve();
  }

  /** @internal The gateway's side of an ICE restart. */
  async _onRestarted(fragment) {
    await this.#restart?.answer(fragment);
  }

  /** @internal The gateway's answer to an offer in the middle of the call. */
  _onRenegotiated(sdp) {
    this.#renegotiation?.answered(sdp);
  }

  /** @internal The gateway refused such an offer. */
  _onNotRenegotiated(error) {
    this.#renegotiation?.refused(error);
  }

  /** @internal The carrier tries to put the phone through, or will not. */
  _onTransferring(error) {
    if (error) {
      this.#transfer.refused(error);
    } else {
      this.#transfer.taken();
    }
  }

  /** @internal The machine has another network, or its old one again. */
  _onNetwork() {
    if (this.#peer && this.id && this.state !== 'ended') {
      this.#restart.begin().catch(() => {}); // The peer was closed meanwhile.
    }
  }

  /** @internal The gateway refused what we asked for. */
  _onRefused(error) {
    this.#answer.reject(error);
  }

  /** @internal The promise of the SDP answer. */
  get _answered() {
    return this.#answer.promise;
  }

  /** @internal */
  _onEvent(message) {
    const { type, call, number, event, ...details } = message;
    if (this.state === 'ended' || (number !== undefined && number <= this.#lastEvent)) {
      return;
    }
    this.#lastEvent = number ?? this.#lastEvent;
    if (event === 'ended') {
      this.#finish(details);
      return;
    }
    if (event === 'answered' && this.state === 'incoming') {
      this.#finish({ code: 'answered-elsewhere', by: 'gateway', remedy: 'Another tab answered this call.' });
      return;
    }
    if (event === 'quality') {
      this.#meter.legs = { browser: details.browser, trunk: details.trunk }; // Told with our own next reading.
      return;
    }
    if (event === 'answered') {
      this.answeredAt = new Date(); // Not details.at: two clocks need not agree.
    }
    if (STATES[event] && this.state !== 'incoming') {
      this.#become(STATES[event]);
    }
    this.emit(event, details);
  }

  /** @internal The way to the gateway is lost, or back. */
  _onSignalling(connected) {
    if (this.state !== 'ended') {
      this.emit(connected ? 'reconnected' : 'reconnecting', { what: 'signalling' });
      if (!connected) {
        this.#transfer.refused(new CopperlineError('connection-lost'));
      }
      if (connected && this.#mediaLost) {
        this._onNetwork();
      }
    }
  }

  #become(state) {
    if (this.state !== state) {
      this.state = state;
      this.emit('state', state);
    }
  }

  #finish(details) {
    this.end = { at: new Date().toISOString(), ...details };
    this.#answer.reject(new CopperlineError('call-ended', details.remedy, details.remedy));
    if (details.code === 'transferred' && details.by === 'browser') {
      this.#transfer.taken(); // The data channel may tell of the end before the socket answers the wish.
    }
    this.#release();
    this.#wire.forget(this);
    this.#become('ended');
    this.emit('ended', this.end);
    this.#resolveEnded(this.end);
  }

  #release() {
    this.#timers.forEach(clearInterval);
    this.#digits.cancel();
    this.#trickle?.stop();
    this.#renegotiation?.refused(new CopperlineError('call-ended'));
    this.#transfer.refused(new CopperlineError('call-ended'));
    this.#peer?.close();
    this.#peer = undefined;
    this.#restart = undefined;
    this.#renegotiation = undefined;
    this.#channel?.leave();
    this.#channel = undefined;
    if (!this.#wire.options.microphone) {
      this.microphone?.getTracks().forEach((track) => track.stop());
    }
    if (this.#player) {
      this.#player.srcObject = null;
      this.#player = undefined;
    }
  }

  #say(message) {
    return this.#channel?.say(message) ?? false;
  }

  #onTrack(track) {
    this.remoteStream.addTrack(track);
    if (this.#wire.options.play !== false && !this.#player) {
      this.#player = new Audio();
      this.#player.srcObject = this.remoteStream;
      this.#player.play().catch(() => {
        // The page was never clicked; an audio element of its own with controls can still play remoteStream.
      });
    }
  }

  #onConnection(state) {
    const lost = state === 'disconnected' || state === 'failed';
    if (lost !== this.#mediaLost && (lost || state === 'connected')) {
      this.#mediaLost = lost;
      this.emit(lost ? 'reconnecting' : 'reconnected', { what: 'media' });
    }
    if (state === 'failed') {
      this._onNetwork();
    } else if (state === 'disconnected') {
      setTimeout(() => this.#mediaLost && this._onNetwork(), RESTART_MILLIS);
    }
  }

  async #measure() {
    const quality = await this.quality().catch(() => undefined);
    if (quality && this.state !== 'ended') {
      this.emit('quality', quality);
    }
  }

  #audioSender() {
    return this.#peer?.getSenders().find((sender) => sender.track?.kind === 'audio');
  }

  #sendOrFail(message) {
    if (!this.#wire.send(message)) {
      throw new CopperlineError('connection-lost', 'There is no connection to the gateway at the moment.');
    }
  }
}
