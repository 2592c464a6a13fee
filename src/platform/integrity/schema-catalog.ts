import { createHash } from 'node:crypto';
import type { SqlRunner } from '../database/page.js';

/** A function, trigger, constraint or other object in the database. */
export interface SchemaObject {
  /** FUNCTION, TRIGGER, CONSTRAINT, INDEX, TABLE, RULE or POLICY */
  readonly kind: string;
  readonly name: string;
  /** The table of the object. Null for a function. */
  readonly of_table: string | null;
  readonly definition: string;
  /** `on` if the object is in force */
  readonly state: string;
}

/**
 * All objects that control the content of the service's tables. Objects of extensions are excluded. The internal
 * triggers of a foreign key have numbers in their names, so they count as the state of their constraint.
 */
const OBJECTS = `
  WITH relation AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.relrowsecurity
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
  SELECT 'FUNCTION' AS kind, p.oid::pg_catalog.regprocedure::text AS name, NULL AS of_table,
         CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_catalog.pg_get_functiondef(p.oid) END AS definition, 'on' AS state
  FROM pg_catalog.pg_proc p
  WHERE p.pronamespace = 'public'::pg_catalog.regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'TRIGGER', t.tgname::text, r.name, pg_catalog.pg_get_triggerdef(t.oid),
         CASE t.tgenabled WHEN 'O' THEN 'on' WHEN 'D' THEN 'disabled' ELSE 'not enabled as it was' END
  FROM pg_catalog.pg_trigger t JOIN relation r ON r.oid = t.tgrelid
  WHERE NOT t.tgisinternal
  UNION ALL
  SELECT 'CONSTRAINT', c.conname::text, r.name, pg_catalog.pg_get_constraintdef(c.oid),
         CASE WHEN NOT c.convalidated THEN 'not validated'
              WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t
                           WHERE t.tgconstraint = c.oid AND t.tgisinternal AND t.tgenabled <> 'O') THEN 'disabled'
              ELSE 'on' END
  FROM pg_catalog.pg_constraint c JOIN relation r ON r.oid = c.conrelid
  WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')
  UNION ALL
  SELECT 'INDEX', x.relname::text, r.name, pg_catalog.pg_get_indexdef(x.oid),
         CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN 'on' ELSE 'not valid' END
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN relation r ON r.oid = i.indrelid
  WHERE i.indisunique
  UNION ALL
  SELECT 'TABLE', r.name, r.name,
         pg_catalog.concat_ws(' ', r.relkind, r.relrowsecurity, pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attname,
           pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid)), E'\\n' ORDER BY a.attname::text COLLATE "C")),
         'on'
  FROM relation r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
  GROUP BY r.oid, r.name, r.relkind, r.relrowsecurity
  UNION ALL
  SELECT 'RULE', w.rulename::text, r.name, pg_catalog.pg_get_ruledef(w.oid), 'on'
  FROM pg_catalog.pg_rewrite w JOIN relation r ON r.oid = w.ev_class
  WHERE w.rulename <> '_RETURN'
  UNION ALL
  SELECT 'POLICY', p.polname::text, r.name, pg_catalog.concat_ws(' ', p.polcmd, pg_catalog.pg_get_expr(p.polqual, p.polrelid)), 'on'
  FROM pg_catalog.pg_policy p JOIN relation r ON r.oid = p.polrelid
  ORDER BY kind, of_table, name`;

/** Requires the search path of a verification, which decides whether definitions include the schema name. */
export function readSchema(db: SqlRunner): Promise<SchemaObject[]> {
  return db.query<SchemaObject[]>(OBJECTS);
}

/** The key of an object, for example "TRIGGER trg_ledger_chain_kept on ledger_chain". */
export function keyOf({ kind, name, of_table }: SchemaObject): string {
  return of_table === null || of_table === name ? `${kind} ${name}` : `${kind} ${name} on ${of_table}`;
}

export function fingerprintOf({ definition }: SchemaObject): string {
  return createHash('sha256').update(definition).digest('hex');
}
