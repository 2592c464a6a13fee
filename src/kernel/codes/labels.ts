/** The codes of a list of labels or rules, in its order. */
export function codesOf<Code extends string>(list: Readonly<Record<Code, unknown>>): readonly Code[] {
  return Object.keys(list) as Code[];
}

/** The list in the body of a check or a query: `'OPEN', 'CLOSED'`. Only for codes that the source defines. */
export function toSqlList(codes: readonly string[]): string {
  return codes.map((code) => `'${code}'`).join(', ');
}
