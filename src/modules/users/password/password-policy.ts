import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Long enough to withstand guessing; short enough that hashing one cannot be used to tire the service. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** A shorter name is part of many a good password by chance. */
const SHORTEST_TELLING_NAME = 4;

/** What people here think of first. */
const CONTEXT = [
  'driver',
  'drivers',
  'loan',
  'loans',
  'driver-loans',
  'demo',
  'taxi',
  'taxicab',
  'cab',
  'fleet',
];

/** The best of five scores: more than 10^10 guesses, so that also a stolen hash is not worth the work. */
const LEAST_SCORE = 4;

/** Nearly 50,000 common passwords, keyboard rows, dates, repetitions and sequences; about 150 ms to load. */
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: PASSWORD_MAX_LENGTH });

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly email: string;
  /** FLEET_NAME: the words of it are guessed first */
  readonly fleetName: string;
}

/**
 * Why a new password is refused, in a sentence; null where it is good. Length counts characters, not bytes, and there is
 * no rule about kinds of characters: what is refused is what guessers try first (ASVS 5.0, 6.2).
 */
export function passwordRefusal(password: string, { email, fleetName }: PasswordOwner): string | null {
  const { length } = [...password];
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) {
    return `The password must have ${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters.`;
  }
  const typed = password.normalize('NFKC').trim().toLowerCase();
  const address = email.trim().toLowerCase();
  const [name = ''] = address.split('@', 1);
  if (typed === address) return 'The password must not be the e-mail address.';
  if (name.length >= SHORTEST_TELLING_NAME && typed.includes(name)) {
    return 'The password must not contain the name in the e-mail address.';
  }
  const context = [...CONTEXT, ...address.split(/[@.]/), ...spellingsOf(fleetName.toLowerCase())];
  if (estimator.check(typed, context).score < LEAST_SCORE) {
    return 'The password is too easy to guess. Choose a longer one, such as four words that have nothing to do with each other.';
  }
  return null;
}

/** The name, its words, and the words written as one. */
function spellingsOf(name: string): string[] {
  const words = name.split(/\s+/);
  return [name, words.join(''), words.join('-'), ...words];
}
