import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { pdfOf } from '../export/pdf-writer.js';
import type { ReportRow } from '../export/pdf-writer.js';
import { drawDocument } from './document-layout.js';
import type { DocumentContent } from './document-layout.js';
import type { FromThread, PdfJob, ToThread } from './pdf-thread.js';

/** The thread that draws PDF files. PdfThread starts it and talks to it over one port per file. */
parentPort?.on('message', ({ job, port }: { readonly job: PdfJob; readonly port: MessagePort }) => {
  const file = new DrawingJob(job, port);
  port.on('message', (message: ToThread) => void file.answer(message));
  port.once('close', () => file.abandon());
});

class DrawingJob {
  private readonly chunks: AsyncIterator<Uint8Array>;
  /** Resolves with the next rows */
  private resume: ((rows: readonly ReportRow[] | null) => void) | null = null;

  constructor(
    job: PdfJob,
    private readonly port: MessagePort,
  ) {
    this.chunks = this.draw(job)[Symbol.asyncIterator]();
  }

  async answer(message: ToThread): Promise<void> {
    if ('rows' in message) return this.resume?.(message.rows);
    try {
      const next = await this.chunks.next();
      this.send(next.done === true ? { end: true } : { chunk: next.value });
    } catch (error) {
      this.send({ error: String(error) });
    }
  }

  /** The reader is gone: stops waiting for rows and drawing. */
  abandon(): void {
    this.resume?.(null);
    void this.chunks.return?.();
  }

  private draw(job: PdfJob): AsyncIterable<Uint8Array> {
    return job.kind === 'report' ? pdfOf(job.table, this.rows()) : this.drawWhole(job.document);
  }

  private async *drawWhole(document: DocumentContent): AsyncGenerator<Uint8Array> {
    yield await drawDocument(document);
  }

  private async *rows(): AsyncGenerator<readonly ReportRow[]> {
    for (;;) {
      this.send({ wants: 'rows' });
      const rows = await new Promise<readonly ReportRow[] | null>((resolve) => (this.resume = resolve));
      if (rows === null) return;
      yield rows;
    }
  }

  private send(message: FromThread): void {
    this.port.postMessage(message);
  }
}
