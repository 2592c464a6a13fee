import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { CsvFile } from './csv-file.js';
import { requireSize } from './file-error.js';

/**
 * Stores the upload on disk before the work begins, so that a slow client does not keep a transaction open. Always
 * removes it afterwards. Throws BODY_TOO_LARGE, and INVALID_REQUEST if the upload is interrupted.
 */
export async function withUpload<T>(
  upload: Readable,
  maxBytes: number,
  work: (file: CsvFile) => Promise<T>,
): Promise<T> {
  // mkdtemp creates a folder that other users cannot read: the file contains names and amounts
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-import-'));
  try {
    const handle = await open(path.join(folder, 'upload.csv'), 'wx+', 0o600);
    try {
      // An open file needs no name. Without one, it disappears with the process, even after a crash. Windows may
      // keep the folder
      await remove(folder).catch(() => undefined);
      return await work(await spool(upload, handle, maxBytes));
    } finally {
      await handle.close();
    }
  } finally {
    await remove(folder);
  }
}

function remove(folder: string): Promise<void> {
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
 * Keeps the connection open if the reader stops early, because the response needs it, and discards the remaining
 * input: a client whose input is not read would never read the response.
 */
async function* chunksOf(upload: Readable): AsyncGenerator<Buffer> {
  try {
    yield* upload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new DomainError('INVALID_REQUEST', 'The upload was interrupted.');
  } finally {
    upload.resume();
  }
}
