export type Filters = Readonly<Record<string, string | number | boolean>>;

export function queryOf(filters: Filters): string {
  return new URLSearchParams(
    Object.entries(filters).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
