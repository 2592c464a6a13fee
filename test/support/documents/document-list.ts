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

/** The documents for users and operators. */
export const documents = (): Document[] => [README, ...filesIn('docs')].map(readDocument);

/** Also the documents for contributors */
export const allDocuments = (): Document[] => [
  ...documents(),
  ...['CHANGELOG.md', 'SECURITY.md', ...filesIn('docs/adr')].map(readDocument),
];

/** A block with the info "not-run", which is followed by a reason, is not executed. */
export const isExecuted = ({ block }: Example): boolean => !block.info.startsWith('not-run');

/** The block of the README that prepares a shell for the commands of every other document. */
export function sessionExampleOf(readme: Document): Example {
  const session = examplesOf(readme).find(({ block }) => block.info === 'session');
  if (!session) throw new Error('The README has no block of the info "session".');
  return session;
}
