import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, ROOT } from '../support/documents/markdown.js';

const LOCK =
  /\bFOR (?:NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)\b(?! SKIP LOCKED)|lock: \{ mode|\bpg_(?:try_)?advisory_/;

const [, SECTION = ''] =
  /\n## Lock order\n([^]*?)\n## /.exec(readDocument('docs/architecture.md').prose.join('\n')) ?? [];

/** Without comment lines, which may speak of locks */
const codeOf = (file: string): string =>
  readFileSync(path.join(ROOT, 'src', file), 'utf8').replace(/^ *(?:\/\/|\/?\*).*$/gm, '');

const SOURCES = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
);

describe('the lock order in docs/architecture.md', () => {
  it('names every file that takes a lock, and no other', () => {
    const named = [...SECTION.matchAll(/`((?:modules|platform)\/[\w./-]+\.ts)`/g)].map(([, file]) => file!);
    const withLocks = SOURCES.filter((file) => LOCK.test(codeOf(file)));
    expect([...new Set(named)].sort()).toEqual(withLocks.sort());
  });

  it('names the services in which the operations begin', () => {
    const services = [...SECTION.matchAll(/`([\w-]+\.service\.ts)`/g)].map(([, name]) => name!);
    const existing = SOURCES.map((file) => path.basename(file));
    expect(services.length).toBeGreaterThan(5);
    expect(services.filter((name) => !existing.includes(name))).toEqual([]);
  });
});
