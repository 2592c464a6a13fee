import { once } from 'node:events';
import { addAbortSignal, finished } from 'node:stream';
import { Injectable, Logger, StreamableFile } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import type { RowStream } from '../database/row-streams.js';
import { RowStreams } from '../database/row-streams.js';
import { PdfThread } from '../pdf/pdf-thread.js';
import type { Format } from './export-formats.js';
import { formatNamed } from './export-formats.js';
import type { ExportRequest } from './export-request.js';
import type { FileRequest } from './file-request.decorator.js';
import type { ExportTable, ExportTotals } from './export-table.js';
import { totalsOf } from './export-sql.js';
import { headOf } from './requested-head.js';

/** Streams export files from the database cursor to the socket, at the pace of the client. */
@Injectable()
export class Exports {
  private readonly logger = new Logger(Exports.name);

  constructor(
    private readonly clock: Clock,
    private readonly streams: RowStreams,
    private readonly pdf: PdfThread,
  ) {}

  /**
   * The file as a stream. The first rows and bytes already exist when it returns, so an earlier error gets an
   * ordinary error response. A later error breaks the download. Throws REPORT_TOO_LONG, and VALIDATION_FAILED for
   * an unknown format.
   */
  async file<Query extends object>(
    request: ExportRequest<Query>,
    client: FileRequest,
  ): Promise<StreamableFile> {
    const format = formatNamed(client.format);
    const { timeZone } = this.clock;
    const source = { ...request.definition, sql: request.sql };
    const stream = await this.streams.start<never>(format.rows(source, timeZone), client.clientGone);
    const table: ExportTable<never> = {
      ...headOf(request, this.clock.now(), timeZone),
      rows: () => stream.rows(),
      totals: async () => {
        const totals = await stream.one<ExportTotals>(totalsOf(source));
        return { ...totals, notCounted: source.counted?.without };
      },
    };
    return this.startStream(format, table, stream, client);
  }

  private async startStream(
    { extension, mediaType, write }: Format,
    table: ExportTable<never>,
    rows: RowStream<object>,
    client: FileRequest,
  ): Promise<StreamableFile> {
    const name = `${table.fileName}.${extension}`;
    try {
      const file = addAbortSignal(rows.lost, write(table, this.pdf));
      // it may fail while no one awaits it: the next call that awaits it gets the error
      file.on('error', () => undefined);
      await once(file, 'readable');
      finished(file, { writable: false }, (error) => void this.end(rows, name, client, error));
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
    const details = {
      file: name,
      rows: rows.taken,
      user_id: actor.userId,
      request_id: actor.origin?.requestId,
    };
    if (error) this.logger.warn(details, `The export ${name} was interrupted`);
    else this.logger.log(details, `Exported ${name}`);
  }
}
