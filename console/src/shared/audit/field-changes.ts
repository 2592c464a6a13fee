type Fields = Readonly<Record<string, unknown>>;

/** A record before and after a change. `before` is null for a new record; both are null if the event has no fields. */
export interface RecordChange {
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface FieldChange {
  /** The names that lead to the field, for example `['posting', 'amount']` */
  readonly path: readonly string[];
  /** Null if the field had no value */
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields that summaries show first, the most important first. */
const HEADLINE_FIELDS = [
  'loan_amount',
  'interest_rate',
  'start_week',
  'status',
  'written_off',
  'closure_reason',
  'outstanding_balance',
  'next_due_date',
  'purpose',
  'notes',
  'posting.amount',
  'posting.category',
  'posting.description',
  'void_reason',
  'reason',
  'first_name',
  'last_name',
  'tlc_license_number',
  'lease_number',
  'medallion_number',
  'vehicle_plate',
  'name',
  'email',
  'roles',
  'trigger',
  'period_end',
];

/** Changes with every update, so a summary leaves it out. */
const ALWAYS_CHANGED = 'updated_on';

/** The fields that differ, headline fields first. A nested object is compared field by field, a list as a whole. */
export function changesBetween({ before, after }: RecordChange): readonly FieldChange[] {
  return differences([], before ?? {}, after ?? {}).sort((one, other) => rankOf(one) - rankOf(other));
}

/** The first changes, and how many more there are, for a summary in one line. */
export function summarize(
  changes: readonly FieldChange[],
  limit: number,
): { readonly shown: readonly FieldChange[]; readonly hiddenCount: number } {
  const relevant = changes.filter(({ path }) => path.at(-1) !== ALWAYS_CHANGED);
  return { shown: relevant.slice(0, limit), hiddenCount: Math.max(0, relevant.length - limit) };
}

/** How many entries of a list differ from the entry at the same position before. */
export function changedEntries(before: readonly unknown[], after: readonly unknown[]): number {
  return after.filter((entry, index) => !isSame(entry, before[index])).length;
}

function differences(path: readonly string[], before: Fields, after: Fields): FieldChange[] {
  return Object.keys({ ...before, ...after }).flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    const fieldPath = [...path, name];
    if (isObject(was ?? is) && isObject(is ?? was)) {
      return differences(fieldPath, (was ?? {}) as Fields, (is ?? {}) as Fields);
    }
    return isSame(was, is) ? [] : [{ path: fieldPath, before: was, after: is }];
  });
}

function rankOf({ path }: FieldChange): number {
  const rank = HEADLINE_FIELDS.indexOf(path.join('.'));
  return rank === -1 ? HEADLINE_FIELDS.length : rank;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
