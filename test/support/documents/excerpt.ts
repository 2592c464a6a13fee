/** Stands in a document for what differs from run to run, or does not matter to the reader. */
const ELLIPSIS = '…';

/**
 * How the value differs from the documented excerpt of it. Objects may have more fields than are shown; a list has as
 * many items, unless its last one is "…"; "…" alone stands for any value, and inside a text for any part of it.
 */
export function differencesFromExcerpt(shown: unknown, actual: unknown, where = 'the answer'): string[] {
  if (shown === ELLIPSIS) return actual === undefined ? [`${where} is missing`] : [];
  if (Array.isArray(shown)) return listDifferences(shown, actual, where);
  if (typeof shown === 'object' && shown !== null) return objectDifferences(shown, actual, where);
  const isAlike =
    typeof shown === 'string' ? typeof actual === 'string' && pattern(shown).test(actual) : shown === actual;
  return isAlike ? [] : [`${where} is ${JSON.stringify(actual)}, not ${JSON.stringify(shown)}`];
}

function listDifferences(shown: readonly unknown[], actual: unknown, where: string): string[] {
  if (!Array.isArray(actual)) return [`${where} is ${JSON.stringify(actual)}, not a list`];
  const hasMore = shown.at(-1) === ELLIPSIS;
  const items = hasMore ? shown.slice(0, -1) : shown;
  const isLong = hasMore ? actual.length >= items.length : actual.length === items.length;
  if (!isLong) return [`${where} has ${actual.length} items, not ${items.length}`];
  return items.flatMap((item, index) => differencesFromExcerpt(item, actual[index], `${where}[${index}]`));
}

function objectDifferences(shown: object, actual: unknown, where: string): string[] {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
    return [`${where} is ${JSON.stringify(actual)}, not an object`];
  }
  return Object.entries(shown).flatMap(([name, value]) =>
    differencesFromExcerpt(value, (actual as Record<string, unknown>)[name], `${where}.${name}`),
  );
}

/** The shown lines that do not come, one after another, in the text. A line of "…" stands for any lines. */
export function linesNotIn(text: string, shown: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  let next = 0;
  return shown.split('\n').filter((line) => {
    const found = lines.findIndex((candidate, index) => index >= next && pattern(line).test(candidate));
    if (found >= 0) next = found + 1;
    return found < 0;
  });
}

function pattern(shown: string): RegExp {
  const parts = shown.trimEnd().split(ELLIPSIS);
  return new RegExp(
    `^${parts.map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('.*')}$`,
    's',
  );
}
