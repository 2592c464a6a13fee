import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../database/page.js';
import { findExcessiveGrants } from './grant-check.js';
import { fingerprintOf, keyOf, readSchema } from './schema-catalog.js';
import type { SchemaObject } from './schema-catalog.js';
import { SCHEMA_DEFINITIONS } from './schema-definitions.js';
import type { Difference } from './verification-findings.js';

interface SchemaReport {
  /** Number of objects that the migrations created */
  readonly checked: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the functions, triggers, constraints, unique indexes and tables of the database with those that the
 * migrations of this release create, and the grants with those that the service needs. Other tables are ignored.
 */
@Injectable()
export class SchemaCheck {
  async compare(db: SqlRunner): Promise<SchemaReport> {
    const expected = new Map(Object.entries(SCHEMA_DEFINITIONS));
    const differences: Difference[] = [];
    for (const object of await readSchema(db)) {
      const key = keyOf(object);
      differences.push(...compareObject(object, expected.get(key)));
      expected.delete(key);
    }
    for (const [key, fingerprint] of expected) {
      differences.push(differenceOf(key, 'is missing, but the migrations created it', fingerprint, null));
    }
    differences.push(...(await findExcessiveGrants(db)));
    return { checked: Object.keys(SCHEMA_DEFINITIONS).length, differences };
  }
}

function compareObject(object: SchemaObject, expected: string | undefined): Difference[] {
  const key = keyOf(object);
  const actual = fingerprintOf(object);
  if (expected === undefined) {
    return isForeign(object) ? [] : [differenceOf(key, 'was not created by the migrations', null, actual)];
  }
  return [
    ...(actual === expected
      ? []
      : [differenceOf(key, 'differs from what the migrations created', expected, actual)]),
    ...(object.state === 'on' ? [] : [differenceOf(key, `is ${object.state}`, 'on', object.state)]),
  ];
}

/** Whether the object belongs to a foreign table. An additional unique index is harmless too: it changes no row. */
function isForeign({ kind, of_table }: SchemaObject): boolean {
  if (kind === 'FUNCTION') return false;
  return kind === 'INDEX' || kind === 'TABLE' || !(`TABLE ${of_table}` in SCHEMA_DEFINITIONS);
}

function differenceOf(
  key: string,
  message: string,
  expected: string | null,
  actual: string | null,
): Difference {
  const [kind = key] = key.split(' ', 1);
  return { kind, id: key.slice(kind.length + 1), message, expected, actual };
}
