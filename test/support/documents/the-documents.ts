import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Document, Example } from './markdown.js';
import { examplesOf, readDocument, ROOT } from './markdown.js';

export const README = 'README.md';

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => `${folder}/${file}`);

/** What people read to use and to run the service. */
export const documents = (): Document[] => [README, ...filesIn('docs')].map(readDocument);

/** All that is written, also for those who work on it */
export const everyDocument = (): Document[] => [
  ...documents(),
  ...['CHANGELOG.md', 'SECURITY.md', ...filesIn('docs/adr')].map(readDocument),
];

/** Says, with its reason, that the block is not run with the others. */
export const isRun = ({ block }: Example): boolean => !block.info.startsWith('not-run');

/** What the README tells readers to type before they type what stands in any other document. */
export function sessionOf(readme: Document): Example {
  const session = examplesOf(readme).find(({ block }) => block.info === 'session');
  if (!session) throw new Error('The README has no block of the info "session".');
  return session;
}
