import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, ROOT } from '../support/documents/markdown.js';

const CODE = ['src', 'console/src', 'test', 'scripts', 'bench', 'ops'];
const DOCUMENTS = ['docs', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'console/README.md'];

/** Documents that are not in the repository. Cite docs/domain.md, whose sections name their sources. */
const ABSENT = /\bthe (?:original )?guide(?:'s)?\b|\bguide's\b|\bthe specification\b|\bthe vectors\b/gi;

/** They say what the original guide is, and for whom it matters. */
const NAME_THE_GUIDE = ['docs/domain.md', 'docs/integration.md', 'docs/adr/0005-schema.md'];

/** They name files that do not exist. */
const ABOUT_CITATIONS = ['test/architecture/citations.spec.ts', 'test/architecture/plain-english.spec.ts'];

interface Source {
  readonly file: string;
  /** The text, with comments and paragraphs that wrap joined to one line */
  readonly text: string;
}

function read(file: string): Source {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { file, text: text.replaceAll(/\n[ \t]*(?:\*(?!\/)|\/\/|#(?= )|--)?[ \t]*/g, ' ') };
}

function filesOf(root: string): string[] {
  if (/\.\w+$/.test(root)) return [root];
  return readdirSync(path.join(ROOT, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx|mjs|cjs|md|ya?ml|sql|sh)$/.test(file))
    .map((file) => `${root}/${file}`)
    .filter((file) => !ABOUT_CITATIONS.includes(file));
}

const sources = (roots: readonly string[]): Source[] => roots.flatMap(filesOf).map(read);

/** A file that a text names: from the root of the project, or from the folder of the document. */
function resolve(from: string, name: string): string | null {
  const candidates = [name, path.posix.join(path.posix.dirname(from), name)];
  return candidates.find((candidate) => existsSync(path.join(ROOT, candidate))) ?? null;
}

const headings = new Map<string, readonly string[]>();
function headingsOf(file: string): readonly string[] {
  const known = headings.get(file);
  if (known) return known;
  const found = readDocument(file).prose.flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? []);
  headings.set(file, found);
  return found;
}

function brokenDocuments({ file, text }: Source): string[] {
  return [...text.matchAll(/[\w./-]*\w\.md\b/g)]
    .filter(([name]) => resolve(file, name) === null)
    .map(([name]) => `${file}: ${name}`);
}

function brokenHeadings({ file, text }: Source): string[] {
  return [...text.matchAll(/([\w./-]*\w\.md), ("[^"]+"(?: and "[^"]+")*|(?=[A-Z])[^").;:]+)/g)].flatMap(
    ([, name = '', cited = '']) => {
      const target = resolve(file, name);
      if (target === null) return [];
      const known = headingsOf(target);
      const quoted = [...cited.matchAll(/"([^"]+)"/g)].map(([, heading]) => String(heading));
      const isBroken =
        quoted.length > 0
          ? quoted.some((heading) => !known.includes(heading))
          : !known.some((heading) => cited.startsWith(heading));
      return isBroken ? [`${file}: ${name}, ${cited}`] : [];
    },
  );
}

function brokenDecisions({ file, text }: Source): string[] {
  const decisions = readdirSync(path.join(ROOT, 'docs/adr'));
  return [...text.matchAll(/\bADR (\d+)(?: and (\d+))?|\badr\/(\d{4})\b/g)]
    .flatMap(([, ...numbers]) => numbers.filter((number) => number !== undefined))
    .filter((number) => !decisions.some((name) => name.startsWith(`${number.padStart(4, '0')}-`)))
    .map((number) => `${file}: ADR ${number}`);
}

const absentDocuments = ({ file, text }: Source): string[] =>
  NAME_THE_GUIDE.includes(file) ? [] : [...text.matchAll(ABSENT)].map(([phrase]) => `${file}: ${phrase}`);

describe('citations in code and documents', () => {
  const all = sources([...CODE, ...DOCUMENTS]);

  it('cite the business rules in many places', () => {
    const citing = sources(['src', 'console/src']).filter(({ text }) => text.includes('docs/domain.md, "'));
    expect(citing.length).toBeGreaterThan(25);
  });

  it('name documents that are in the repository', () => {
    expect(all.flatMap(brokenDocuments)).toEqual([]);
  });

  it('name headings that these documents have', () => {
    expect(all.flatMap(brokenHeadings)).toEqual([]);
  });

  it('name decision records that exist', () => {
    expect(all.flatMap(brokenDecisions)).toEqual([]);
  });

  it('do not name a document outside of the repository', () => {
    expect(all.flatMap(absentDocuments)).toEqual([]);
  });
});

describe('the check of citations', () => {
  const source = (text: string): Source => ({ file: 'src/some.ts', text });

  it.each(['domain.md', 'docs/no-such-page.md'])('finds the absent document %s', (name) => {
    expect(brokenDocuments(source(`the rules of ${name}`))).toEqual([`src/some.ts: ${name}`]);
  });

  it.each(['"No such heading"', '"Payoff" and "No such heading"', 'No such heading'])(
    'finds an absent heading in docs/domain.md, %s',
    (cited) => {
      expect(brokenHeadings(source(`(docs/domain.md, ${cited})`))).toHaveLength(1);
    },
  );

  it.each(['"Payoff"', '"Payoff" and "Write-off"', 'Payoff'])('accepts docs/domain.md, %s', (cited) => {
    expect(brokenHeadings(source(`(docs/domain.md, ${cited})`))).toEqual([]);
  });

  it.each(['ADR 99', 'ADR 9 and 99', 'docs/adr/0099'])('finds the absent decision record in %s', (cited) => {
    expect(brokenDecisions(source(cited))).toEqual(['src/some.ts: ADR ' + String(/0*99/.exec(cited)?.[0])]);
  });

  it.each(['the guide', "the guide's step 14", 'the specification', 'the vectors'])(
    'finds "%s"',
    (phrase) => {
      expect(absentDocuments(source(`as in ${phrase}`))).toHaveLength(1);
    },
  );
});
