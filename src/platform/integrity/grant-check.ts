import { DELETABLE_TABLES, READ_ONLY_TABLES, UPDATABLE_COLUMNS } from '../database/roles/service-grants.js';
import type { SqlRunner } from '../database/page.js';
import { SCHEMA_DEFINITIONS } from './schema-definitions.js';
import type { Difference } from './verification-findings.js';

interface Grant {
  readonly grantee: string;
  readonly privilege: string;
  readonly table: string;
  /** Null for a grant on the whole table */
  readonly column: string | null;
}

/** Grants other than SELECT on tables and columns, without those of the tables' owner */
const GRANTS = `
  SELECT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(acl.grantee)::text END AS grantee,
         acl.privilege_type AS privilege, granted.name AS "table", granted.column
  FROM (SELECT c.relname::text AS name, NULL AS "column", c.relowner, c.relacl AS list FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p')
        UNION ALL
        SELECT c.relname::text, a.attname::text, c.relowner, a.attacl
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p')) AS granted,
       LATERAL pg_catalog.aclexplode(granted.list) AS acl
  WHERE acl.grantee <> granted.relowner AND acl.privilege_type <> 'SELECT'
  ORDER BY granted.name, granted.column, grantee, privilege`;

/**
 * Grants that allow more than the service needs, to any role but the owner of the tables: with them, a change needs neither
 * the owner nor a superuser.
 */
export async function findExcessiveGrants(db: SqlRunner): Promise<Difference[]> {
  const grants = await db.query<Grant[]>(GRANTS);
  return grants
    .filter((grant) => `TABLE ${grant.table}` in SCHEMA_DEFINITIONS && !isNeeded(grant))
    .map(({ grantee, privilege, table, column }) => ({
      kind: 'GRANT',
      id: `${privilege} on ${table}${column === null ? '' : `.${column}`} to ${grantee}`,
      message: 'allows more than the service needs',
      expected: null,
      actual: 'granted',
    }));
}

/** Whether the list of grants of the service has it. */
function isNeeded({ privilege, table, column }: Grant): boolean {
  switch (privilege) {
    case 'INSERT':
      return !READ_ONLY_TABLES.includes(table);
    case 'DELETE':
      return column === null && DELETABLE_TABLES.includes(table);
    case 'UPDATE':
      return column !== null && (UPDATABLE_COLUMNS[table] ?? []).includes(column);
    default:
      return false;
  }
}
