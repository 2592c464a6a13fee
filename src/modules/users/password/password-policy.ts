import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** The minimum makes guessing hard; the maximum limits the work of hashing. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** A shorter name occurs in many good passwords by chance. */
const MIN_NAME_LENGTH = 4;

/** Words that users of this service are likely to choose. */
const CONTEXT_WORDS = [
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

/** The best of five scores: more than 10^10 guesses, so that even a stolen hash is not worth attacking. */
const MIN_SCORE = 4;

/** Nearly 50,000 common passwords, keyboard rows, dates, repetitions and sequences; about 150 ms to load. */
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: PASSWORD_MAX_LENGTH });

/** The owner of the new password. */
export interface PasswordOwner {
  readonly email: string;
  /** FLEET_NAME; its words are easy to guess */
  readonly fleetName: string;
}

/**
 * The reason why a new password is rejected, as a sentence; null if it is accepted. The length is in characters, not in
 * bytes. There is no rule about kinds of characters; passwords that are easy to guess are rejected (ASVS 5.0, 6.2).
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
  if (name.length >= MIN_NAME_LENGTH && typed.includes(name)) {
    return 'The password must not contain the name in the e-mail address.';
  }
  const context = [...CONTEXT_WORDS, ...address.split(/[@.]/), ...spellingsOf(fleetName.toLowerCase())];
  if (estimator.check(typed, context).score < MIN_SCORE) {
    return 'The password is too easy to guess. Choose a longer one, for example four unrelated words.';
  }
  return null;
}

/** The name, its words, and the words joined. */
function spellingsOf(name: string): string[] {
  const words = name.split(/\s+/);
  return [name, words.join(''), words.join('-'), ...words];
}
