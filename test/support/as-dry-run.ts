/** The answer of a real write as its dry run gives it: marked, and with null in the place of the ids that the write made. */
export function asDryRun<T extends object>(answer: T, made: readonly string[] = []): T {
  return JSON.parse(JSON.stringify(answer), (field, value: unknown) => {
    if (field === 'dry_run') return true;
    return typeof value === 'string' && made.includes(value) ? null : value;
  }) as T;
}
