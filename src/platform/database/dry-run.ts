/** The numbers of what a dry run writes begin here (sequence dry_run_number); no real record ever gets so far. */
const FIRST_DRY_RUN_NUMBER = 1_000_000_000_000_000;

/** A public id with such a number, alone or as the beginning of another one. */
const DRY_RUN_ID = /^[A-Z]{2}-\d{4}-[1-9]\d{15,}(?:-|$)/;

/** The fields by which a record is known, beside what it refers to. */
const OWN_IDS = ['id', 'installment_id'];

/**
 * The answer of a dry run without the numbers of records that do not exist: each is null instead. A record that has no
 * `id` then has no public id either.
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

/** Dates and amounts are values, however they are made. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
