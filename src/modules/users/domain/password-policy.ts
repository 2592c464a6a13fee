/** Long enough to withstand guessing; short enough that hashing one cannot be used to tire the service. */
const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** Why a new password is refused, in a sentence; null where it is good. Length counts characters, not bytes. */
export function passwordRefusal(password: string, email: string): string | null {
  const { length } = [...password];
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) {
    return `The password must have ${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters.`;
  }
  if (password.trim().toLowerCase() === email.trim().toLowerCase()) {
    return 'The password must not be the e-mail address.';
  }
  return null;
}
