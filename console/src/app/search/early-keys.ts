/** What the user typed after the search was opened and before its field had the focus. */
export interface EarlyKeys {
  readonly text: string;
  readonly hasEnter: boolean;
}

export const NO_KEYS: EarlyKeys = { text: '', hasEnter: false };

/** Whether the field would have received the key: not if it is a shortcut, nor if the field has the focus. */
export function isEarly({ key, ctrlKey, metaKey, altKey, defaultPrevented, target }: KeyboardEvent): boolean {
  if (defaultPrevented || target instanceof HTMLInputElement || ctrlKey || metaKey || altKey) return false;
  return key.length === 1 || key === 'Backspace' || key === 'Enter';
}

export function withKey({ text, hasEnter }: EarlyKeys, key: string): EarlyKeys {
  if (key === 'Enter') return { text, hasEnter: true };
  return { text: key === 'Backspace' ? text.slice(0, -1) : text + key, hasEnter };
}
