/**
 * The rule of the HTML standard for an e-mail address, with a dot in the host. ASCII only, so that lower case is
 * unambiguous.
 */
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const MAX_LENGTH = 254;

/** The address as it is stored and compared: trimmed and in lower case. Null if it is invalid. */
export function emailAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  return address.length <= MAX_LENGTH && EMAIL.test(address) ? address : null;
}
