import { COMMON_PASSWORDS } from './common-passwords.js';

/** Long enough to withstand guessing; short enough that hashing one cannot be used to tire the service. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** A shorter name stands in many a good password by chance. */
const SHORTEST_TELLING_NAME = 4;

/** Up to four characters over and over. */
const REPETITION = /^(.{1,4}?)\1+$/su;

/**
 * Why a new password is refused, in a sentence; null where it is good. Length counts characters, not bytes, and there is
 * no rule about kinds of characters: what is refused is what guessers try first (ASVS 5.0, 6.2).
 */
export function passwordRefusal(password: string, email: string): string | null {
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
  if (COMMON_PASSWORDS.has(typed) || REPETITION.test(typed)) {
    return 'The password is one of those that are guessed first; choose another.';
  }
  return null;
}
