const names = new Map<string, string>();

/**
 * Marks a statement that every connection plans once and then only runs: reads by key and writes. The text must be a
 * constant. Lists are not marked, because the best plan of a list depends on its filters.
 */
export function prepared(sql: string): string {
  if (!names.has(sql)) names.set(sql, `statement_${names.size + 1}`);
  return sql;
}

/** The name under which a connection keeps the plan. Undefined for a statement that is not marked. */
export const preparedName = (sql: string): string | undefined => names.get(sql);
