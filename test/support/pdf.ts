import { definePDFJSModule, extractText, getDocumentProxy } from 'unpdf';
import * as pdfjs from 'unpdf/pdfjs';
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

/** The text of each page as another reader of PDF sees it, blanks run together. */
export async function pagesOf(file: Buffer): Promise<string[]> {
  // it would load this by import(), which only a test run of ES modules would understand
  await definePDFJSModule(() => Promise.resolve(pdfjs));
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
  return text.map((page) => page.replace(/\s+/g, ' '));
}

/** How often the text stands on the page. */
export function countOf(text: string, page: string): number {
  return page.split(text).length - 1;
}
