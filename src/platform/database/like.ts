/** A LIKE pattern for "contains this text"; the text's own % and _ are letters like any other. */
export function containsPattern(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
