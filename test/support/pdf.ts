import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Role } from '../../src/modules/users/index.js';
import type { TestApp } from './test-app.js';

export interface PdfAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly file: Buffer;
}

/** Downloads a file as a user with this role. */
export async function getPdf(app: TestApp, path: string, role: Role = 'FINANCE'): Promise<PdfAnswer> {
  const token = await app.as(role).accessToken();
  const answer = await app.app.inject({
    method: 'GET',
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, headers: answer.headers, file: answer.rawPayload };
}

/** unpdf loads its reader with import(), which Jest does not support, so it runs in its own process. */
const READER = path.join(__dirname, 'pdf-text.mjs');

/** The text of each page, read with an independent PDF library, with collapsed spaces. */
export function pagesOf(file: Buffer): string[] {
  const read = execFileSync(process.execPath, [READER], {
    input: file,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(read) as string[]).map((page) => page.replace(/\s+/g, ' '));
}

/** How often the text occurs on the page. */
export function countOf(text: string, page: string): number {
  return page.split(text).length - 1;
}
