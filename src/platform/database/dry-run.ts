/** First number of records that a dry run writes (sequence dry_run_number). No real record ever reaches it. */
const FIRST_DRY_RUN_NUMBER = 1_000_000_000_000_000;

/**
 * A public id with such a number, complete or as the prefix of another id. The sequence never gets past the numbers that
 * begin with 1. Other long numbers, such as that of a card in a reference, are text of the user.
 */
const DRY_RUN_ID = /^[A-Z]{2}-\d{4}-1\d{15}(?:-|$)/;

/** The fields that identify the record itself, in contrast to its references. */
const OWN_IDS = ['id', 'installment_id'];

/**
 * The response of a dry run with null in place of the numbers of records that do not exist. A record without an
 * `id` has no public id either.
 */
export function withoutDryRunNumbers<T>(answer: T): T {
  return strip(answer) as T;
}

function strip(value: unknown): unknown {
  if (typeof value === 'string') return DRY_RUN_ID.test(value) ? null : value;
  if (Array.isArray(value)) return value.map(strip);
  if (!isPlainObject(value)) return value;
  const isNew = typeof value['id'] === 'number' && value['id'] >= FIRST_DRY_RUN_NUMBER;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isNew && OWN_IDS.includes(name) ? null : strip(field),
    ]),
  );
}

/** Dates and amounts are objects too, but are treated as values. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
