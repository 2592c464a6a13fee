import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Role } from '../../src/modules/users/index.js';
import type { TestApp } from './test-app.js';

export interface PdfAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly file: Buffer;
}

/** Asks for a file as a user of the role would. */
export async function getPdf(app: TestApp, path: string, role: Role = 'FINANCE'): Promise<PdfAnswer> {
  const token = await app.as(role).accessToken();
  const answer = await app.app.inject({
    method: 'GET',
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, headers: answer.headers, file: answer.rawPayload };
}

/** unpdf loads its reader by import(), which Jest does not understand: so in a process of its own. */
const READER = `
  import { buffer } from 'node:stream/consumers';
  import { extractText, getDocumentProxy } from 'unpdf';
  const pdf = await getDocumentProxy(new Uint8Array(await buffer(process.stdin)));
  const { text } = await extractText(pdf, { mergePages: false });
  process.stdout.write(JSON.stringify(text));`;

/** The text of each page as another reader of PDF sees it, blanks run together. */
export function pagesOf(file: Buffer): string[] {
  const read = execFileSync(process.execPath, ['--input-type=module', '-e', READER], {
    cwd: path.resolve(__dirname, '../..'),
    input: file,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(read) as string[]).map((page) => page.replace(/\s+/g, ' '));
}

/** How often the text stands on the page. */
export function countOf(text: string, page: string): number {
  return page.split(text).length - 1;
}
