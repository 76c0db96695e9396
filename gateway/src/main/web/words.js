// What the page says.

export const STATES = {
  starting: 'Calling…',
  trying: 'Calling…',
  ringing: 'Ringing…',
  'early-media': 'Connecting…',
  answered: 'Talking',
};

/** How a call ended, by its code; anything else is "Call failed". */
const ENDS = {
  hangup: 'Call ended',
  cancelled: 'Call cancelled',
  busy: 'Busy',
  'no-answer': 'No answer',
  declined: 'Declined',
  transferred: 'Put through',
  'answered-elsewhere': 'Answered elsewhere',
  'max-duration': 'Call ended',
  'minutes-used-up': 'Minutes used up',
  'session-expired': 'Call lost',
  'number-not-found': 'No such number',
  'number-incomplete': 'Number incomplete',
  'number-changed': 'Number has changed',
  unavailable: 'Not reachable',
};

/** Ends that need no explanation. */
const PLAIN = new Set(['hangup', 'cancelled', 'declined-here']);

export function endWords({ code, by, remedy }) {
  if (code === 'hangup') {
    return { title: by === 'trunk' ? 'They hung up' : 'Call ended', remedy: '' };
  }
  return { title: ENDS[code] ?? 'Call failed', remedy: PLAIN.has(code) ? '' : (remedy ?? '') };
}

/**
 * What is wrong with the sound and what to do, as the gateway says it; empty where nothing a person should know. Whoever has
 * muted the microphone here knows that it is silent.
 */
export function mediaWords({ code, side, remedy }, muted) {
  const known = code === 'latched' || (code === 'silence' && side === 'browser' && muted);
  return known ? '' : (remedy ?? '');
}

const QUALITY = {
  good: 'Good line',
  fair: { browser: 'Fair line: your network', trunk: 'Fair line: phone network' },
  poor: { browser: 'Poor line: your network', trunk: 'Poor line: phone network' },
};

/** How the call sounds, and whose side it is where it is not good. */
export function qualityWords({ grade, side }) {
  return QUALITY[grade]?.[side] ?? QUALITY[grade] ?? '–';
}

export const LAB_NUMBERS = [
  ['+12025550100', 'Echo', 'repeats what you say'],
  ['+12025550101', 'Read back', 'returns each digit'],
  ['+12025550102', 'Speech', 'talks to you'],
  ['+12025550103', 'Busy', 'is always busy'],
  ['+12025550104', 'No answer', 'rings for ever'],
  ['+12025550105', 'Early media', 'speaks at once'],
  ['+12025550106', 'Call back', 'rings you afterwards'],
  ['+12025550107', 'Hold', 'holds and resumes'],
  ['+12025550108', 'Decline', 'declines the call'],
  ['+12025550109', 'Hang up', 'hangs up after 3 s'],
  ['+12025550110', 'Test line', 'echo and digits'],
];

/** A number the way its country writes it, where we know how. */
export function shown(number) {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number ?? '');
  return us ? `+1 ${us[1]} ${us[2]} ${us[3]}` : (number ?? 'Unknown number');
}

export function duration(since) {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
