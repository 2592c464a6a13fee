/** The HTML standard's rule for an e-mail address, with a dotted host; ASCII, so lower case is one thing everywhere. */
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const MAX_LENGTH = 254;

/** The address as we keep and compare it: trimmed, in lower case. Null where it is none. */
export function emailAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  return address.length <= MAX_LENGTH && EMAIL.test(address) ? address : null;
}
