import { on } from 'node:events';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import type { ReportRow, ReportTable } from '../export/pdf-writer.js';
import type { DocumentContent } from './document-layout.js';

/** A drawing job. `table` contains everything for a report except the rows. */
export type PdfJob =
  | { readonly kind: 'document'; readonly document: DocumentContent }
  | { readonly kind: 'report'; readonly table: ReportTable };

/** The thread sends a chunk when asked for the next one, and asks for rows when it needs them. */
export type FromThread =
  | { readonly chunk: Uint8Array }
  | { readonly wants: 'rows' }
  | { readonly error: string }
  | { readonly end: true };

export type ToThread = { readonly wants: 'chunk' } | { readonly rows: readonly ReportRow[] | null };

// tests run from the sources, but a thread cannot compile TypeScript, so it runs the build
const WORKER = path.join(
  import.meta.dirname.replace(
    /(?<=[\\/])(dist[\\/])?src(?=[\\/]platform[\\/]pdf$)/,
    path.join('dist', 'src'),
  ),
  'pdf-worker.js',
);

/**
 * Draws PDF files in a separate thread, so that the process can serve other requests: reading fonts, laying out
 * lines and embedding glyphs takes hundreds of milliseconds per file. The thread starts with the first file. It
 * alternates between files page by page.
 */
@Injectable()
export class PdfThread implements OnModuleDestroy {
  private worker: Worker | null = null;

  async document({ options, parts }: DocumentContent): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.draw({ kind: 'document', document: { options, parts } }))
      chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Streams the file at the pace of the reader. Returning early stops the drawing and the rows. */
  async *draw(job: PdfJob, rows?: AsyncIterable<readonly ReportRow[]>): AsyncGenerator<Buffer> {
    const batches = rows?.[Symbol.asyncIterator]();
    const { port1: port, port2 } = new MessageChannel();
    const messages = on(port, 'message', { close: ['close'] }) as AsyncIterable<[FromThread]>;
    this.running().postMessage({ job, port: port2 }, [port2]);
    try {
      ask(port, { wants: 'chunk' });
      for await (const [message] of messages) {
        if ('end' in message) return;
        if ('error' in message) throw new Error(message.error);
        if ('wants' in message) ask(port, { rows: await nextRows(batches) });
        else {
          yield Buffer.from(message.chunk);
          ask(port, { wants: 'chunk' });
        }
      }
      throw new Error('the thread that draws PDF files has ended');
    } finally {
      port.close();
      await batches?.return?.();
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker?.terminate();
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(WORKER);
    // open jobs keep the process alive, not the thread; their ports report its end
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    this.worker = worker;
    return worker;
  }
}

async function nextRows(
  batches: AsyncIterator<readonly ReportRow[]> | undefined,
): Promise<readonly ReportRow[] | null> {
  const batch = await batches?.next();
  return batch === undefined || batch.done === true ? null : batch.value;
}

function ask(port: MessagePort, message: ToThread): void {
  port.postMessage(message);
}
