/**
 * Whether what was typed, a parameter such as `$1`, finds the driver of that alias: any part of each word of the name, in
 * any order and without accents, or the beginning of the TLC number.
 */
export function driverFound(alias: string, typed: string): string {
  return `${alias}.search_terms @@ search_query(${typed})`;
}

/** The ids of the drivers that it finds. The list of a driver's records asks for them once, by the index. */
export function idsOfDriversFound(typed: string): string {
  return `SELECT found.id FROM drivers found WHERE ${driverFound('found', typed)}`;
}
