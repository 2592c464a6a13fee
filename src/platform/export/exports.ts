import { once } from 'node:events';
import { addAbortSignal, finished } from 'node:stream';
import { Injectable, Logger, StreamableFile } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import type { RowStream } from '../database/row-streams.js';
import { RowStreams } from '../database/row-streams.js';
import { PdfThread } from '../pdf/pdf-thread.js';
import type { Format } from './export-formats.js';
import { formatNamed } from './export-formats.js';
import type { ExportOrder } from './export-order.js';
import type { FileRequest } from './file-request.decorator.js';
import { tableOf } from './ordered-table.js';

/** Makes the files of the exports, from the database's cursor to the socket, at the pace of the one who takes them. */
@Injectable()
export class Exports {
  private readonly logger = new Logger(Exports.name);

  constructor(
    private readonly clock: Clock,
    private readonly streams: RowStreams,
    private readonly pdf: PdfThread,
  ) {}

  /**
   * The file as it is being written. Its first rows are read and its first bytes are made already, so what fails until
   * then is refused as any request is; a failure after that breaks the download. Throws REPORT_TOO_LONG, and
   * VALIDATION_FAILED where there is no such format.
   */
  async file<Item extends object, Query extends object>(
    order: ExportOrder<Item, Query>,
    request: FileRequest,
  ): Promise<StreamableFile> {
    const format = formatNamed(request.format);
    const rows = await this.streams.start<Item>(order.sql, request.gone);
    return this.begun(format, order, rows, request);
  }

  private async begun<Item extends object, Query extends object>(
    { extension, mediaType, write }: Format,
    order: ExportOrder<Item, Query>,
    rows: RowStream<Item>,
    request: FileRequest,
  ): Promise<StreamableFile> {
    const table = tableOf(order, rows, this.clock.now(), this.clock.timeZone);
    const name = `${table.fileName}.${extension}`;
    try {
      const file = addAbortSignal(rows.lost, write(table, this.pdf));
      // it may fail at a moment in which nobody waits for it; whoever does next is told
      file.on('error', () => undefined);
      await once(file, 'readable');
      finished(file, { writable: false }, (error) => void this.end(rows, name, request, error));
      return new StreamableFile(file, { type: mediaType, disposition: `attachment; filename="${name}"` });
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  private async end(
    rows: RowStream<object>,
    name: string,
    { actor }: FileRequest,
    error: Error | null | undefined,
  ): Promise<void> {
    await rows.close();
    const said = { file: name, rows: rows.taken, user_id: actor.userId, request_id: actor.origin?.requestId };
    if (error) this.logger.warn(said, `The export ${name} broke off`);
    else this.logger.log(said, `Exported ${name}`);
  }
}
