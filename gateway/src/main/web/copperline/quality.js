// How a call sounds, from the browser's own statistics (W3C webrtc-stats).

/** Thresholds above which a call is only fair, and poor. */
const FAIR = { lossPercent: 2, jitterMillis: 30, roundTripMillis: 250 };
const POOR = { lossPercent: 6, jitterMillis: 60, roundTripMillis: 500 };

/** The shortest time over which loss is counted. */
const WINDOW_MILLIS = 1500;

/** Reads one call's statistics. */
export class QualityMeter {
  #begunAt = -Infinity;
  #from = { lost: 0, received: 0, sentLost: 0, sent: 0 };
  #loss = {};
  microphoneLevel = 0;
  remoteLevel = 0;
  /** How both legs sound, as the gateway measured it last: `browser` and `trunk`, each with a `mos` of 1 to 4.5. */
  legs = {};

  /** Reads the levels only, which is cheap enough to do often. */
  async listen(peer) {
    const [sender] = peer?.getSenders() ?? [];
    const stats = (await sender?.getStats().catch(() => undefined)) ?? new Map();
    for (const stat of stats.values()) {
      if (stat.type === 'media-source') {
        this.microphoneLevel = stat.audioLevel ?? 0;
      }
    }
  }

  async read(peer) {
    const stats = [...(await peer.getStats()).values()];
    const find = (type) => stats.find((stat) => stat.type === type && (stat.kind ?? 'audio') === 'audio');
    const inbound = find('inbound-rtp');
    if (!inbound) {
      return { grade: 'unknown', legs: this.legs };
    }
    const remote = find('remote-inbound-rtp');
    this.remoteLevel = inbound.audioLevel ?? 0;
    this.#count({
      lost: inbound.packetsLost ?? 0,
      received: inbound.packetsReceived ?? 0,
      sentLost: remote?.packetsLost ?? 0,
      sent: find('outbound-rtp')?.packetsSent ?? 0,
    });
    const quality = {
      ...this.#loss,
      jitterMillis: Math.round((inbound.jitter ?? 0) * 1000),
      roundTripMillis: remote?.roundTripTime === undefined ? undefined : Math.round(remote.roundTripTime * 1000),
      codec: stats.find((stat) => stat.id === inbound.codecId)?.mimeType?.replace('audio/', ''),
    };
    const grades = { browser: grade(quality, inbound.packetsReceived ?? 0), trunk: scoreGrade(this.legs.trunk?.mos) };
    return { ...worse(grades), ...quality, legs: this.legs };
  }

  #count(now) {
    if (performance.now() - this.#begunAt < WINDOW_MILLIS) {
      return;
    }
    const since = (name) => Math.max(0, now[name] - this.#from[name]);
    this.#loss = {
      lossPercent: percent(since('lost'), since('lost') + since('received')),
      sentLossPercent: percent(since('sentLost'), since('sent')),
    };
    this.#begunAt = performance.now();
    this.#from = now;
  }
}

/** Below these opinion scores "some users", and then "many users", are dissatisfied (ITU-T G.107, table B.1). */
const FAIR_MOS = 4.03;
const POOR_MOS = 3.6;

function scoreGrade(mos) {
  return mos === undefined ? 'unknown' : mos < POOR_MOS ? 'poor' : mos < FAIR_MOS ? 'fair' : 'good';
}

const ORDER = ['unknown', 'good', 'fair', 'poor'];

/** The call is as good as its worse side, which is named where it is not good. */
function worse({ browser, trunk }) {
  const side = ORDER.indexOf(trunk) > ORDER.indexOf(browser) && browser !== 'unknown' ? 'trunk' : 'browser';
  const grade = side === 'trunk' ? trunk : browser;
  return grade === 'fair' || grade === 'poor' ? { grade, side } : { grade };
}

function percent(part, whole) {
  return whole === 0 ? 0 : Math.min(100, Math.round((1000 * part) / whole) / 10);
}

function grade(quality, received) {
  if (received === 0) {
    return 'unknown';
  }
  const over = (limits) =>
    Object.entries(limits).some(([name, limit]) => (quality[name] ?? 0) > limit) ||
    (quality.sentLossPercent ?? 0) > limits.lossPercent;
  return over(POOR) ? 'poor' : over(FAIR) ? 'fair' : 'good';
}
