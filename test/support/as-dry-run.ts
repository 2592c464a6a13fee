/** The answer of a write as its dry run returns it: marked as a dry run, and with null for the ids that the write created. */
export function asDryRun<T extends object>(answer: T, made: readonly string[] = []): T {
  return JSON.parse(JSON.stringify(answer), (field, value: unknown) => {
    if (field === 'dry_run') return true;
    return typeof value === 'string' && made.includes(value) ? null : value;
  }) as T;
}
