/** Words from examples and placeholders. A random generator does not produce them. */
const PLACEHOLDER = /change.?me|placeholder|example|random|secret|password|driver.?loans|12345678|abcdef/i;

/** A random text of 32 characters has about 20 different characters, or 16 if it is hexadecimal. */
const MIN_DIFFERENT_CHARACTERS = 10;

/** Whether the secret looks like a placeholder instead of random output. */
export function isWeakSecret(secret: string): boolean {
  return PLACEHOLDER.test(secret) || new Set(secret).size < MIN_DIFFERENT_CHARACTERS;
}
