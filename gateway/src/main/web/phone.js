import { connect } from '/copperline/copperline.js';
import { findSignIn, forgetToken, keepToken } from './signin.js';
import { ring } from './sound.js';
import { $, clearError, fail, look, loudness, notice, quality, say, showLab } from './view.js';
import { duration, endWords, mediaWords, shown, STATES } from './words.js';

const LETTERS = /^[0-9*#]$/;

/** For tests and the curious: the phone, and the call that is shown. */
const shared = (window.copperlinePhone = { phone: undefined, call: undefined });
const ringingCalls = [];
let stopRing;

// --- Connecting -----------------------------------------------------------------------------------------------------

async function start() {
  const signIn = await findSignIn().catch(() => undefined);
  if (!signIn) {
    say('Not connected');
    fail({ message: 'The gateway does not answer.', remedy: 'Check that it runs, then reload this page.' });
    return;
  }
  if (signIn.lab) {
    showLab(signIn.user, (number) => {
      $('number').value = number;
      if (shared.phone && !shared.call) {
        dial();
      }
    });
  }
  await signInWith(signIn);
}

async function signInWith(signIn) {
  const token = await signIn.getToken();
  if (!token) {
    askForToken(signIn);
    return;
  }
  $('sign-in').hidden = true;
  look('connecting');
  say('Connecting to the gateway…');
  try {
    use(await connect({ getToken: signIn.getToken }), signIn);
  } catch (error) {
    say('Not connected');
    fail(error);
    if (!signIn.lab && error.code === 'token-refused') {
      forgetToken();
      askForToken(signIn);
    } else {
      setTimeout(() => signInWith(signIn), 5000);
    }
  }
}

function askForToken(signIn) {
  look('signed-out');
  say('Sign in to call');
  $('user').textContent = 'Not signed in';
  $('sign-in').hidden = false;
  $('token').focus();
  $('sign-in').onsubmit = (event) => {
    event.preventDefault();
    keepToken($('token').value);
    $('token').value = '';
    clearError();
    signInWith(signIn);
  };
}

function use(phone, signIn) {
  shared.phone = phone;
  clearError();
  $('user').textContent = [phone.user, ...phone.numbers.slice(0, 1).map(shown)].join(' · ');
  look('idle');
  say('Ready to call');
  focusNumber();
  phone.on('incoming', onIncoming);
  phone.on('outgoing', follow);
  phone.on('reconnecting', () => {
    document.body.dataset.line = 'lost';
    notice('The connection to the gateway is being made again. A call that is up goes on.');
  });
  phone.on('connected', () => {
    document.body.dataset.line = 'up';
    notice('');
  });
  phone.on('closed', (error) => {
    shared.phone = undefined;
    document.body.dataset.line = 'lost';
    if (error) {
      fail(error);
      signInWith(signIn);
    }
  });
  document.body.dataset.line = 'up';
  $('call').disabled = false;
}

// --- Calls ----------------------------------------------------------------------------------------------------------

async function dial() {
  const number = $('number').value.trim();
  if (!number) {
    $('number').focus();
    return;
  }
  clearError();
  try {
    await shared.phone.call(number);
  } catch (error) {
    if (error.code !== 'call-ended') {
      fail(error);
    }
  }
}

/** Shows a call from now on. */
function follow(call) {
  shared.call = call;
  $('remote').textContent = shown(call.number);
  $('digits-to-phone').textContent = '';
  $('digits-from-phone').textContent = '';
  $('digits').hidden = true;
  mute(false);
  quality({ grade: 'unknown' });
  onState(call, call.state);
  call.on('state', (state) => onState(call, state));
  call.on('dtmf', (dtmf) => onDigit(call, dtmf));
  call.on('quality', quality);
  call.on('hold', ({ held, by }) => by === 'trunk' && notice(held ? 'The other side has put you on hold.' : ''));
  call.on('media', (report) => notice(mediaWords(report, call.muted)));
  call.on('reconnecting', ({ what }) => what === 'media' && notice('Your network is in trouble; waiting for it.'));
  call.on('reconnected', () => notice(''));
  call.on('ended', (end) => onEnded(call, end));
  requestAnimationFrame(() => animate(call));
}

function onState(call, state) {
  if (call !== shared.call || state === 'incoming' || state === 'ended') {
    return;
  }
  look(state);
  say(STATES[state]);
}

function onEnded(call, end) {
  if (call !== shared.call) {
    return;
  }
  const words = endWords(end);
  shared.call = undefined;
  look('idle');
  say(words.title, $('error').hidden ? words.remedy : '');
  notice('');
  focusNumber();
}

function focusNumber() {
  if (matchMedia('(pointer: fine)').matches) {
    $('number').focus({ preventScroll: true }); // On a phone this would open its keyboard.
  }
}

function onDigit(call, { direction, digit }) {
  if (call === shared.call) {
    $('digits').hidden = false;
    $(direction === 'from-phone' ? 'digits-from-phone' : 'digits-to-phone').textContent += digit;
  }
}

function onIncoming(call) {
  ringingCalls.push(call);
  call.on('state', () => showRinging());
  call.on('ended', (end) => {
    showRinging();
    if (!shared.call && call.end && end.by !== 'browser') {
      say(endWords(end).title, endWords(end).remedy);
    }
  });
  showRinging();
}

function showRinging() {
  const [call] = ringingCalls.filter((candidate) => candidate.state === 'incoming');
  ringingCalls.splice(0, ringingCalls.length, ...ringingCalls.filter((candidate) => candidate.state === 'incoming'));
  const wasHidden = $('incoming').hidden;
  $('incoming').hidden = !call;
  document.title = call ? `${shown(call.from)} is calling` : 'Copperline';
  if (!call) {
    stopRing?.();
    stopRing = undefined;
    return;
  }
  $('caller').textContent = shown(call.from);
  const notes = [
    call.name,
    call.diversion && `Forwarded${call.diversion.number ? ` by ${shown(call.diversion.number)}` : ''}.`,
    shared.call && 'Answering ends the call you are in.',
  ];
  $('incoming-note').textContent = notes.filter(Boolean).join(' \u00b7 ');
  if (wasHidden) {
    stopRing = ring();
    $('answer').focus({ preventScroll: true });
  }
}

async function answer() {
  const [call] = ringingCalls;
  if (!call) {
    return;
  }
  clearError();
  shared.call?.hangup();
  follow(call);
  try {
    await call.accept();
  } catch (error) {
    if (error.code !== 'call-ended' && error.code !== 'already-answered') {
      fail(error);
    }
    if (call.state === 'incoming') {
      shared.call = undefined;
      look('idle');
      ringingCalls.push(call);
      showRinging();
    }
  }
}

// --- Pad and keys ---------------------------------------------------------------------------------------------------

function press(digit) {
  const call = shared.call;
  if (!call) {
    $('number').value += digit;
    look('idle');
    return;
  }
  call.sendDigits(digit).catch((error) => error.code === 'call-ended' || fail(error));
}

function flash(digit) {
  const key = document.querySelector(`#pad [data-digit="${CSS.escape(digit)}"]`);
  key?.classList.add('pressed');
  setTimeout(() => key?.classList.remove('pressed'), 140);
}

addEventListener('keydown', (event) => {
  const typing = event.target.matches?.('input, textarea');
  if (event.ctrlKey || event.metaKey || event.altKey || !$('incoming').hidden) {
    return;
  }
  if (LETTERS.test(event.key) && !typing) {
    event.preventDefault();
    press(event.key);
    flash(event.key);
  }
});

$('pad').addEventListener('click', (event) => {
  const digit = event.target.closest('[data-digit]')?.dataset.digit;
  if (digit) {
    press(digit);
  }
});

$('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  if (shared.phone && !shared.call) {
    dial();
  }
});
$('erase').addEventListener('click', () => {
  $('number').value = $('number').value.slice(0, -1);
  $('number').focus();
});
$('hangup').addEventListener('click', () => shared.call?.hangup());
$('mute').addEventListener('click', () => mute($('mute').getAttribute('aria-pressed') !== 'true'));
$('answer').addEventListener('click', answer);
$('decline').addEventListener('click', () => ringingCalls[0]?.decline());
$('error-close').addEventListener('click', clearError);

function mute(on) {
  shared.call?.mute(on);
  $('mute').setAttribute('aria-pressed', String(on));
  $('mute').querySelector('span').textContent = on ? 'Muted' : 'Mute';
}

function animate(call) {
  if (call !== shared.call) {
    return;
  }
  const { remote, microphone } = call.audioLevel();
  $('level-remote').style.setProperty('--level', loudness(remote).toFixed(3));
  $('level-own').style.setProperty('--level', loudness(call.muted ? 0 : microphone).toFixed(3));
  const time = call.answeredAt ? duration(call.answeredAt) : '';
  if ($('timer').textContent !== time) {
    $('timer').textContent = time;
  }
  requestAnimationFrame(() => animate(call));
}

start();
