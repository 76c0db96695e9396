// What is seen: everything here writes to the page, and nothing here knows of calls.

import { LAB_NUMBERS, qualityWords } from './words.js';

export const $ = (id) => document.getElementById(id);

export function look(state) {
  const inCall = !['connecting', 'signed-out', 'idle'].includes(state);
  document.body.dataset.state = state;
  $('dial').hidden = inCall || state === 'signed-out';
  $('talking').hidden = !inCall;
  $('sound').hidden = !inCall;
  $('pad').hidden = state === 'signed-out';
  $('call').hidden = inCall || state === 'signed-out';
  $('hangup').hidden = !inCall;
  $('mute').hidden = !inCall;
  $('timer').textContent = '';
}

export function say(title, remedy = '') {
  $('state').textContent = title;
  $('reason').textContent = remedy;
}

export function notice(text) {
  $('notice').textContent = text;
  $('notice').hidden = !text;
}

export function fail(error) {
  const title = error.message && error.message !== error.remedy ? error.message : '';
  $('error-title').textContent = title;
  $('error-remedy').textContent = error.remedy ?? 'Try again.';
  $('error').dataset.code = error.code ?? '';
  $('error').hidden = false;
  $('reason').textContent = '';
}

export function clearError() {
  $('error').hidden = true;
}

export function quality(reading) {
  const { grade, lossPercent, roundTripMillis, jitterMillis, codec, legs } = reading;
  const scored = (leg, name) => (leg ? `${name} ${leg.mos.toFixed(1)} of 4.5` : '');
  const figures = [
    codec,
    scored(legs?.browser, 'your side'),
    scored(legs?.trunk, 'phone side'),
    lossPercent === undefined ? '' : `${lossPercent} % lost`,
    roundTripMillis === undefined ? '' : `${roundTripMillis} ms round trip`,
    jitterMillis === undefined ? '' : `${jitterMillis} ms jitter`,
  ];
  $('quality').dataset.grade = grade;
  $('quality').textContent = qualityWords(reading);
  $('quality').title = figures.filter(Boolean).join(' · ');
}

/** Loudness is felt in decibels: -60 dB is nothing, 0 dB is full. */
export function loudness(level) {
  return level <= 0.001 ? 0 : Math.min(1, 1 + (20 * Math.log10(level)) / 60);
}

/** Shows the numbers to try and who is who. `choose` is called with the number that was picked. */
export function showLab(user, choose) {
  $('lab').hidden = false;
  $('who').hidden = false;
  $('who').querySelectorAll('a').forEach((link) => {
    if (link.dataset.user === user) {
      link.setAttribute('aria-current', 'true');
    }
  });
  const other = user === 'bob' ? ['+12025550150', 'Alice', 'in another tab'] : ['+12025550151', 'Bob', 'in another tab'];
  $('lab-numbers').replaceChildren(...[...LAB_NUMBERS, other].map((entry) => labNumber(entry, choose)));
}

function labNumber([number, name, does], choose) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.number = number;
  const parts = [name, does, number.slice(-4)].map((text, i) => {
    const part = document.createElement(['strong', 'span', 'code'][i]);
    part.textContent = text;
    return part;
  });
  button.append(...parts);
  button.addEventListener('click', () => choose(number));
  const item = document.createElement('li');
  item.append(button);
  return item;
}
