import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CODE_LISTS } from '../../src/code-lists.js';

const source = path.resolve(__dirname, '../../src');

/** The source lines that contain an audit action or a record type. */
const lines = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .flatMap((file) => readFileSync(path.join(source, file), 'utf8').split('\n'));

const writtenIn = (field: string, code: RegExp): string[] => {
  const found = lines.filter((line) => line.includes(`${field}: `)).flatMap((line) => line.match(code) ?? []);
  return [...new Set(found)].map((quoted) => quoted.replaceAll("'", '')).sort();
};

const { audit_action, audit_record } = CODE_LISTS.labels;

describe('the audit log', () => {
  it('has a label for every audit action and for nothing else', () => {
    expect(Object.keys(audit_action).sort()).toEqual(writtenIn('action', /'[a-z]+\.[a-z-]+'/g));
  });

  it('has a label for every record type and for nothing else', () => {
    expect(Object.keys(audit_record).sort()).toEqual(writtenIn('recordType', /(?<=recordType: )'[a-z_]+'/g));
  });
});
