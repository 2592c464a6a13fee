import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../src/code-lists.js';
import type { Document } from '../support/documents/markdown.js';
import { anchorsOf, examplesOf, linksOf, readDocument, ROOT } from '../support/documents/markdown.js';
import { allDocuments, documents, isExecuted, README } from '../support/documents/document-list.js';
import type { OpenApiDocument } from '../support/openapi-document.js';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Commands that the documentation tests cannot run, by their first characters, and what covers them instead. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'the tour test starts the service, CI installs it',
  'AUTH_JWT_SECRET=': 'test/e2e/ops-files.e2e-spec.ts reads the compose file',
  'export AUTH_JWT_SECRET=': 'as above',
  'export DATABASE_OWNER_PASSWORD=': 'test/tools/roles.tools-spec.ts',
  'npm ci && npm run build': 'CI installs and builds, test/e2e/start-in-production.e2e-spec.ts starts it',
  'DATABASE_URL=postgres://driver_loans:secret@db:5432/driver_loans npm run backup':
    'test/tools/backup.tools-spec.ts',
  'createdb ': 'test/tools/backup.tools-spec.ts',
  'cp -a .data': 'test/tools/backup.tools-spec.ts',
};

/** Words in capitals with an underscore that are neither settings nor error codes */
const OTHER_NAMES = ['NODE_OPTIONS', 'CHROMIUM_PATH', 'IMPORTED_CHARGE'];

describe('the documentation', () => {
  it('links only to files and headings that exist', () => {
    const broken = allDocuments().flatMap((document) =>
      linksOf(document)
        .filter((link) => !isValidLink(document, link))
        .map((link) => `${document.file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('is reachable: every document from the README, and every ADR from docs/architecture.md', () => {
    const linked = (from: string): string[] =>
      linksOf(readDocument(from)).map((link) => path.posix.join(path.dirname(from), link.replace(/#.*/, '')));
    const readable = documents().map(({ file }) => file);
    expect([README, ...linked(README)]).toEqual(expect.arrayContaining(readable));
    const decisions = allDocuments().flatMap(({ file }) => (file.startsWith('docs/adr/') ? [file] : []));
    expect(linked('docs/architecture.md')).toEqual(expect.arrayContaining(decisions));
  });

  it('names only settings and error codes that exist', () => {
    const settings = [...read('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) =>
      String(name),
    );
    const compose = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) =>
      String(name),
    );
    const enums = [...read('openapi.json').matchAll(/"([A-Z]+_[A-Z_]+)"/g)].map(([, name]) => String(name));
    const figures = read('src/modules/loans/loan/figures.sql.ts').matchAll(/^export const ([A-Z_]+)/gm);
    const owners = [...figures].map(([, name]) => String(name));
    const known = new Set([
      ...settings,
      ...owners,
      ...compose,
      ...enums,
      ...Object.keys(ERROR_CODES),
      ...OTHER_NAMES,
    ]);
    const unknown = documents().flatMap((document) =>
      [...document.prose.join('\n').matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)]
        .map(([name]) => name)
        .filter((name) => !known.has(name))
        .map((name) => `${document.file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has no untested command except those that this test lists', () => {
    const left = documents()
      .flatMap(examplesOf)
      .filter((example) => !isExecuted(example));
    const unlisted = left.filter(
      ({ block }) => !Object.keys(NOT_RUN).some((start) => block.text.startsWith(start)),
    );
    expect(unlisted.map(({ block }) => block.text)).toEqual([]);
    expect(left).toHaveLength(Object.keys(NOT_RUN).length);
    expect(left.filter(({ block }) => !/^not-run: \S/.test(block.info))).toEqual([]);
  });

  it('shows output only directly below the command that it is compared with', () => {
    const idle = documents().flatMap((document) => {
      const shown = examplesOf(document).map((example) => example.shown);
      return document.blocks
        .filter((block) => ['json', 'text', 'csv'].includes(block.language) && !shown.includes(block))
        .map((block) => `${document.file}:${block.line}`);
    });
    expect(idle).toEqual([]);
  });
});

function isValidLink(from: Document, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const file = target ? path.posix.join(path.dirname(from.file), target) : from.file;
  if (!existsSync(path.join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(readDocument(file)).includes(anchor);
}

describe('docs/api-reference.md', () => {
  it('lists every route with its permission, and nothing else', () => {
    const { paths } = JSON.parse(read('openapi.json')) as OpenApiDocument;
    const routes = Object.entries(paths).flatMap(([address, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const permissions = (operation['x-permissions'] ?? []).map((name) => `\`${name}\``).join(', ');
        const access = permissions || (operation.security?.length ? 'signed in' : 'everybody');
        return [
          `\`${method.toUpperCase()} ${address.replace('/api/v1', '')}\``,
          access,
          operation.summary,
        ].join(' | ');
      }),
    );
    const named = readDocument('docs/api-reference.md').prose.flatMap((line) => {
      const [, ...cells] = line.split('|').map((cell) => cell.trim());
      return /^`(?:GET|POST|PUT|PATCH|DELETE) /.test(cells[0] ?? '') ? [cells.slice(0, 3).join(' | ')] : [];
    });
    expect(named.sort()).toEqual(routes.sort());
  });
});

describe('docs/operations.md', () => {
  it('has a heading for every alert, and for nothing else', () => {
    const alerts = [...read('ops/prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) =>
      String(name),
    );
    const { prose } = readDocument('docs/operations.md');
    const chapter = prose.slice(prose.indexOf('## Alerts') + 1);
    const end = chapter.findIndex((line) => line.startsWith('## '));
    const headings = chapter.slice(0, end).flatMap((line) => /^### (.+)$/.exec(line)?.[1] ?? []);
    expect(headings).toEqual(alerts);
  });
});

describe('docs/security.md', () => {
  const { prose } = readDocument('docs/security.md');

  it('names only tests that exist', () => {
    const named = [...prose.join('\n').matchAll(/^- `([^`]+)`: “(.+)”$/gm)].map(([, file, title]) => ({
      file: String(file),
      title: String(title),
    }));
    expect(named.length).toBeGreaterThan(30);
    const missing = named.filter(
      ({ file, title }) =>
        !existsSync(path.join(ROOT, file)) || !read(file).replaceAll('\\', '').includes(`'${title}'`),
    );
    expect(missing).toEqual([]);
  });

  it('covers all ten OWASP points, each with a test', () => {
    const points = prose
      .join('\n')
      .split(/^## API/m)
      .slice(1);
    expect(points.map((point) => point.split(' ', 1)[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index + 1}`),
    );
    expect(points.filter((point) => !/^- `/m.test(point))).toEqual([]);
  });
});
