type Fields = Readonly<Record<string, unknown>>;

/** The record before an act and after it; nothing where it is new, or where the act has nothing to show. */
export interface Act {
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface Change {
  /** The names that lead to the field: `['posting', 'amount']` */
  readonly path: readonly string[];
  /** Null where nothing stood there */
  readonly before: unknown;
  readonly after: unknown;
}

/** What tells most of an act, first. */
const TELLING = [
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

/** Moves with every change, so it says nothing of any. */
const ALWAYS_CHANGED = 'updated_on';

/** The fields that differ between two records, what tells most first; those of an object in it one by one, lists whole. */
export function changesBetween({ before, after }: Act): readonly Change[] {
  return differences([], before ?? {}, after ?? {}).sort((one, other) => rankOf(one) - rankOf(other));
}

/** The first few of them, and how many are left, for a line that says what was done. */
export function tellingOf(
  changes: readonly Change[],
  limit: number,
): { readonly told: readonly Change[]; readonly left: number } {
  const meant = changes.filter(({ path }) => path.at(-1) !== ALWAYS_CHANGED);
  return { told: meant.slice(0, limit), left: Math.max(0, meant.length - limit) };
}

/** How many entries of a list differ from those that stood at their places. */
export function changedEntries(before: readonly unknown[], after: readonly unknown[]): number {
  return after.filter((entry, place) => !isSame(entry, before[place])).length;
}

function differences(path: readonly string[], before: Fields, after: Fields): Change[] {
  return Object.keys({ ...before, ...after }).flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    const here = [...path, name];
    if (isObject(was ?? is) && isObject(is ?? was)) {
      return differences(here, (was ?? {}) as Fields, (is ?? {}) as Fields);
    }
    return isSame(was, is) ? [] : [{ path: here, before: was, after: is }];
  });
}

function rankOf({ path }: Change): number {
  const place = TELLING.indexOf(path.join('.'));
  return place === -1 ? TELLING.length : place;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
