/**
 * SQL condition: the search text, a parameter such as `$1`, matches the driver of the table alias. It matches any part
 * of each word of the name, in any order and without accents, or the beginning of the TLC number.
 */
export function driverMatches(alias: string, text: string): string {
  return `${alias}.search_terms @@ search_query(${text})`;
}

/** SQL for the ids of the matching drivers. A list of records runs it once, with the index on the drivers. */
export function idsOfMatchingDrivers(text: string): string {
  return `SELECT found.id FROM drivers found WHERE ${driverMatches('found', text)}`;
}
