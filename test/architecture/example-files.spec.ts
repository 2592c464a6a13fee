import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { DEMO_CHARGES, DEMO_DRIVERS } from '../../src/demo/demo-fleet.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const EXAMPLES = path.join(ROOT, 'docs/examples');
const CONSOLE_LAYOUTS = path.join(ROOT, 'console/src/features/imports/import-kinds.ts');

/** Earnings and charges are of drivers who exist, and change no driver. */
const OF_DEMO_DRIVERS = ['earnings.csv', 'charges.csv'];

const IMPORTED = readdirSync(EXAMPLES).filter((file) => !OF_DEMO_DRIVERS.includes(file));

type Cell = readonly [column: string, value: string];

/** The columns that identify a record, by the name in a file */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  tlc_license_number: DEMO_DRIVERS.map(({ tlc }) => tlc),
  'License Number': DEMO_DRIVERS.map(({ tlc }) => tlc),
  lease_number: DEMO_DRIVERS.map(({ lease }) => lease),
  medallion_number: DEMO_DRIVERS.map(({ medallion }) => medallion),
  vehicle_plate: DEMO_DRIVERS.map(({ plate }) => plate),
  reference: DEMO_CHARGES.map(({ reference }) => reference),
};

const isIdentity = ([column]: Cell): boolean => column in IDENTITIES;

function cellsOf(file: string): Cell[] {
  const rows: Record<string, string>[] = parse(readFileSync(path.join(EXAMPLES, file)), {
    bom: true,
    columns: true,
  });
  return rows.flatMap((row) => Object.entries(row));
}

/** The examples of the columns that the console shows and saves as a file */
const consoleCells = (): Cell[] =>
  [...readFileSync(CONSOLE_LAYOUTS, 'utf8').matchAll(/name: '(\w+)', example: '([^']*)'/g)].map(
    ([, column = '', value = '']) => [column, value],
  );

describe('an import of the example file', () => {
  it.each<[string, Cell[]]>([
    ...IMPORTED.map((file): [string, Cell[]] => [`docs/examples/${file}`, cellsOf(file)]),
    ['of the console', consoleCells()],
  ])('%s changes no record of the demo fleet', (_name, cells) => {
    const identities = cells.filter(isIdentity);
    expect(identities).not.toEqual([]);
    expect(identities.filter(([column, value]) => IDENTITIES[column]?.includes(value))).toEqual([]);
  });
});
