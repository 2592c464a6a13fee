import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, ROOT } from '../support/documents/markdown.js';

/** What is scanned: a file, or a folder with all below it. */
const ROOTS = [
  ...['docs', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...['.env.example', 'scripts', 'bench', 'src', 'console/src', 'console/README.md', 'test'],
];

/** Files that must contain these words. */
const EXEMPT = ['test/architecture/plain-english.spec.ts'];

/** Text that cannot change: a column of a sealed table, and a sentence of agreements that drivers have signed. */
const FIXED = [/version, act\b/g, /\bact: 'text'/g, /It is planned anew only/g];

interface Rule {
  /** `\s` also matches the break of a wrapped line */
  readonly avoid: RegExp;
  readonly write: string;
}

const RULES: readonly Rule[] = [
  { avoid: /\b(?:am|is|are|was|were|be|does|for|that)\s+none\b/, write: 'is not a …; there is no …' },
  {
    avoid: /(?<!\bthere\s+)\b(?:is|are|was|were)\s+no\s+(?!longer\b|more\b|less\b|one\b)[a-z]+/i,
    write: 'is not a …',
  },
  { avoid: /\banew\b/i, write: 'again; new' },
  { avoid: /\bwhoever\b/i, write: 'the user who …; anyone who …; name the reader' },
  { avoid: /\bwhosoever\b|\bwhomever\b/i, write: 'anyone who …' },
  { avoid: /\bsomebody\b/i, write: 'someone; a user; another process' },
  { avoid: /\bnobody\b/i, write: 'no one; no user; “is not …”' },
  {
    avoid: /(?<=[.;:|]\s{1,3}|\s{2}|^)Who\s+(?!is\b)\w+s\b(?![^.]*\?)/,
    write: 'a user who …; a request that …',
  },
  {
    avoid: /\b(?:stand|stands|stood|standing)\b(?!-|\s+(?:for|by|order))/i,
    write: 'is; exists; is in force; active; not voided; remains',
  },
  { avoid: /\b(?:come|comes|came|coming)\s+to\s+be\b/i, write: 'is created' },
  { avoid: /\bturn(?:s|ed)?\s+to\b/i, write: 'contact; ask; use' },
  { avoid: /\b(?:tell|tells|told)\b/i, write: 'says; shows; notifies; distinguishes' },
  { avoid: /\bacts?\b/i, write: 'action; change; step; works as' },
  { avoid: /\bhouses?\b/i, write: 'project; architecture' },
  { avoid: /\bdoors?\b/i, write: 'public API; entry point; way in' },
  { avoid: /\bstretch(?:es)?\b/i, write: 'batch; period' },
  { avoid: /\b(?:keep|keeps|kept)\s+(?:nothing|none)\b/i, write: 'nothing is stored' },
  { avoid: /\b(?:take|takes|took|taken|taking)\s+back\b/i, write: 'reverses; undoes' },
  { avoid: /\b(?:go|goes|went|going)\s+on\b/i, write: 'continues' },
  { avoid: /\bput(?:s|ting)?\s+right\b/i, write: 'corrects' },
  { avoid: /\bfor\s+ever\b/i, write: 'permanently' },
  { avoid: /\bas\s+good\s+as\s+new\b/i, write: 'can be used again' },
  { avoid: /\bbear(?:s)?\s+company\b/i, write: 'can run at the same time' },
  { avoid: /\bthat\s+is\s+to\s+say\b/i, write: '(leave out)' },
  { avoid: /\bis\s+there\s+to\s+be\b/i, write: 'can be …' },
  { avoid: /\bslips?\s+of\s+the\s+hand\b/i, write: 'typing mistake' },
  { avoid: /\bmake(?:s)?\s+sure\s+of\b/i, write: 'ensures' },
];

/** Its text with a blank for every character that is not prose, so that places stay the same. */
function proseOf(file: string): string {
  const isMarkdown = file.endsWith('.md');
  const text = isMarkdown
    ? readDocument(file)
        .prose.map((line) => (isTestTitle(line) ? '' : line))
        .join('\n')
    : FIXED.reduce(
        (code, fixed) => code.replaceAll(fixed, blank),
        readFileSync(path.join(ROOT, file), 'utf8'),
      );
  return isMarkdown ? text.replaceAll(QUOTED, blank) : text;
}

const blank = (text: string): string => text.replaceAll(/[^\n]/g, '_');

/** Code, and the labels of the console in bold: they are named as they are */
const QUOTED = /`[^`\n]+`|\*\*[^*]+\*\*/g;

/** docs/security.md names tests by their titles, which are scanned where they are written. */
const isTestTitle = (line: string): boolean => /^- `test\/|^- `src\/.*spec\.ts`/.test(line);

function filesOf(root: string): string[] {
  if (!existsSync(path.join(ROOT, root))) return [];
  if (/\.\w+$/.test(root)) return [root];
  return readdirSync(path.join(ROOT, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx|mjs|md)$/.test(file))
    .map((file) => `${root}/${file}`)
    .filter((file) => !EXEMPT.includes(file));
}

function hitsIn(file: string, prose: string): string[] {
  return RULES.flatMap(({ avoid, write }) =>
    [...prose.matchAll(new RegExp(avoid, `${avoid.flags}g`))].map((hit) => {
      const line = prose.slice(0, hit.index).split('\n').length;
      return `${file}:${line} "${hit[0].replaceAll(/\s+/g, ' ')}", write: ${write}`;
    }),
  );
}

describe('plain English', () => {
  it.each(ROOTS)('is the language of %s', (root) => {
    expect(filesOf(root).flatMap((file) => hitsIn(file, proseOf(file)))).toEqual([]);
  });
});

describe('the check of plain English', () => {
  it.each([
    'a character that is none',
    'Everything is written anew.',
    'For whoever installs it',
    'Nobody is deleted.',
    'a posting that stands',
    'a debt comes\nto be',
    'turn to it, not to this service',
    'Who waits five seconds is answered 503.',
    'a mistake is put right',
    'This is no HTTP.',
  ])('finds %j', (text) => {
    expect(hitsIn('page', text)).toHaveLength(1);
  });

  it.each([
    'There is no posting, and the loan has none.',
    'It is no longer open; the letters stand for the lease.',
    'Who did what to which record?',
    'an administrator acting for a user',
  ])('accepts %j', (text) => {
    expect(hitsIn('page', text)).toEqual([]);
  });
});
