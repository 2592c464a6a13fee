/** Words of examples and of those who mean to change it later; none of them comes out of a random generator. */
const PLACEHOLDER = /change.?me|placeholder|example|random|secret|password|driver.?loans|12345678|abcdef/i;

/** Random text of 32 characters has some 20 different ones, and 16 where they are hexadecimal digits. */
const LEAST_DIFFERENT = 10;

/** Whether the secret looks like a placeholder rather than like the output of a random generator. */
export function isWeakSecret(secret: string): boolean {
  return PLACEHOLDER.test(secret) || new Set(secret).size < LEAST_DIFFERENT;
}
