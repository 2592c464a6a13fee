import { Temporal } from 'temporal-polyfill';

const ISO_INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Parses an instant with its offset, for example 2025-11-02T05:00:00-05:00, to the millisecond. Returns null if the
 * text is not one.
 */
export function parseInstant(text: unknown): Date | null {
  if (typeof text !== 'string' || !ISO_INSTANT.test(text)) return null;
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}
