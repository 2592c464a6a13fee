import { DomainError } from '../../kernel/errors/domain-error.js';

/** The columns that a file may have, in any order. */
export interface CsvLayout {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** A file's columns in their order, by the names of the layout that they fit. */
export interface MatchedHeader<Layout extends CsvLayout> {
  readonly layout: Layout;
  readonly columns: readonly string[];
}

/** "License Number", "license_number" and " LICENSE NUMBER" are one column. */
const keyOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

/**
 * Which layout the header fits; empty columns at its end, which spreadsheets leave behind, are no part of it. Throws
 * IMPORT_HEADER_INVALID, which says what is missing, unknown or there twice.
 */
export function matchHeader<Layout extends CsvLayout>(
  firstLine: readonly string[],
  layouts: readonly Layout[],
): MatchedHeader<Layout> {
  const header = firstLine.slice(0, firstLine.findLastIndex((name) => name.trim() !== '') + 1);
  const faults = layouts.map((layout) => faultsOf(header, layout));
  const fitting = layouts[faults.findIndex(({ length }) => length === 0)];
  if (!fitting) throw refusal(layouts, faults);
  const names = new Map([...fitting.required, ...fitting.optional].map((name) => [keyOf(name), name]));
  return { layout: fitting, columns: header.map((name) => names.get(keyOf(name)) ?? name) };
}

function faultsOf(header: readonly string[], { required, optional }: CsvLayout): string[] {
  const given = header.map(keyOf);
  const known = new Set([...required, ...optional].map(keyOf));
  const missing = required.filter((name) => !given.includes(keyOf(name)));
  const unknown = header.filter((name) => !known.has(keyOf(name)));
  const repeated = header.filter((name, place) => given.indexOf(keyOf(name)) < place);
  return [
    ...missing.map((name) => `"${name}" is missing`),
    ...unknown.map((name) => (name.trim() === '' ? 'a column has no name' : `"${shown(name)}" is not known`)),
    ...repeated.map((name) => `"${shown(name)}" is there twice`),
  ];
}

/** Speaks of the layout that was probably meant: the one with the fewest faults. */
function refusal(layouts: readonly CsvLayout[], faults: readonly (readonly string[])[]): DomainError {
  const least = Math.min(...faults.map(({ length }) => length));
  const meant = faults.find(({ length }) => length === least) ?? [];
  const accepted = layouts.map(
    ({ required, optional }) =>
      required.join(', ') + (optional.length > 0 ? ` and, where wanted, ${optional.join(', ')}` : ''),
  );
  return new DomainError(
    'IMPORT_HEADER_INVALID',
    `The first line does not name the columns: ${meant.slice(0, 10).join(', ')}. ` +
      `The columns are ${accepted.join('; or ')}.`,
  );
}

function shown(name: string): string {
  return name.trim().slice(0, 40);
}
