/** The placeholder in a document for values that change from run to run or do not matter to the reader. */
const ELLIPSIS = '…';

/**
 * The differences between the value and its documented excerpt. Objects may have more fields than the excerpt. A list has
 * the same number of items unless its last item is "…". "…" alone matches any value, and inside a text any part of it.
 */
export function differencesFromExcerpt(shown: unknown, actual: unknown, where = 'the answer'): string[] {
  if (shown === ELLIPSIS) return actual === undefined ? [`${where} is missing`] : [];
  if (Array.isArray(shown)) return listDifferences(shown, actual, where);
  if (typeof shown === 'object' && shown !== null) return objectDifferences(shown, actual, where);
  const matches =
    typeof shown === 'string' ? typeof actual === 'string' && pattern(shown).test(actual) : shown === actual;
  return matches ? [] : [`${where} is ${JSON.stringify(actual)}, not ${JSON.stringify(shown)}`];
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

/** The documented lines that are not in the text in the same order. A line "…" matches any lines. */
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
