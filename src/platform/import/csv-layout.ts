import { DomainError } from '../../kernel/errors/domain-error.js';

/** The columns of a file, in any order. */
export interface CsvLayout {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The matching layout, and its names of the file columns in the order of the file. */
export interface MatchedHeader<Layout extends CsvLayout> {
  readonly layout: Layout;
  readonly columns: readonly string[];
}

/** "License Number", "license_number" and " LICENSE NUMBER" are the same column. */
const keyOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

/**
 * Finds the layout that matches the header. Empty columns at the end, which spreadsheets leave behind, are ignored.
 * Throws IMPORT_HEADER_INVALID, which lists missing, unknown and repeated columns.
 */
export function matchHeader<Layout extends CsvLayout>(
  firstLine: readonly string[],
  layouts: readonly Layout[],
): MatchedHeader<Layout> {
  const header = firstLine.slice(0, firstLine.findLastIndex((name) => name.trim() !== '') + 1);
  const problems = layouts.map((layout) => problemsOf(header, layout));
  const matching = layouts[problems.findIndex(({ length }) => length === 0)];
  if (!matching) throw headerError(layouts, problems);
  const names = new Map([...matching.required, ...matching.optional].map((name) => [keyOf(name), name]));
  return { layout: matching, columns: header.map((name) => names.get(keyOf(name)) ?? name) };
}

function problemsOf(header: readonly string[], { required, optional }: CsvLayout): string[] {
  const given = header.map(keyOf);
  const known = new Set([...required, ...optional].map(keyOf));
  const missing = required.filter((name) => !given.includes(keyOf(name)));
  const unknown = header.filter((name) => !known.has(keyOf(name)));
  const repeated = header.filter((name, place) => given.indexOf(keyOf(name)) < place);
  return [
    ...missing.map((name) => `"${name}" is missing`),
    ...unknown.map((name) => (name.trim() === '' ? 'a column has no name' : `"${shown(name)}" is unknown`)),
    ...repeated.map((name) => `"${shown(name)}" appears twice`),
  ];
}

/** Describes the layout that was probably intended: the one with the fewest errors. */
function headerError(layouts: readonly CsvLayout[], problems: readonly (readonly string[])[]): DomainError {
  const fewest = Math.min(...problems.map(({ length }) => length));
  const closest = problems.find(({ length }) => length === fewest) ?? [];
  const accepted = layouts.map(
    ({ required, optional }) =>
      required.join(', ') + (optional.length > 0 ? ` and optionally ${optional.join(', ')}` : ''),
  );
  return new DomainError(
    'IMPORT_HEADER_INVALID',
    `The first line does not name the columns: ${closest.slice(0, 10).join(', ')}. ` +
      `The columns are ${accepted.join('; or ')}.`,
  );
}

function shown(name: string): string {
  return name.trim().slice(0, 40);
}
