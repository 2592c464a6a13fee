import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { CsvFile } from './csv-file.js';
import { requireSize } from './file-refusal.js';

/**
 * Puts the upload on the disk before the work begins, so that a slow client holds no transaction open, and removes it
 * after the work, however that ends. Throws BODY_TOO_LARGE, and INVALID_REQUEST where the upload breaks off.
 */
export async function withUpload<T>(
  upload: Readable,
  maxBytes: number,
  work: (file: CsvFile) => Promise<T>,
): Promise<T> {
  // mkdtemp gives a folder that no other user may look into: the file holds names and amounts
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-import-'));
  try {
    const handle = await open(path.join(folder, 'upload.csv'), 'wx+', 0o600);
    try {
      // An open file needs no name: without one it goes with the process, however that ends. Windows may keep the folder
      await removed(folder).catch(() => undefined);
      return await work(await spool(upload, handle, maxBytes));
    } finally {
      await handle.close();
    }
  } finally {
    await removed(folder);
  }
}

function removed(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

async function spool(upload: Readable, handle: FileHandle, maxBytes: number): Promise<CsvFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunksOf(upload)) {
    bytes += chunk.length;
    requireSize(bytes, maxBytes);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  return CsvFile.of(handle, bytes, hash.digest('hex'));
}

/**
 * Leaves the connection open where the reader stops early, since the answer has to go over it, and throws away what still
 * comes: a client that is not read from would never look at the answer.
 */
async function* chunksOf(upload: Readable): AsyncGenerator<Buffer> {
  try {
    yield* upload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new DomainError('INVALID_REQUEST', 'The upload broke off before its end.');
  } finally {
    upload.resume();
  }
}
