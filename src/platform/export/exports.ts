import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { Injectable, Logger, StreamableFile } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import type { RowStream } from '../database/row-streams.js';
import { RowStreams } from '../database/row-streams.js';
import { formatNamed } from './export-formats.js';
import type { ExportOrder } from './export-order.js';
import { sourceOf } from './export-source.js';
import type { FileRequest } from './file-request.decorator.js';

/** Makes the files of the exports, from the database's cursor to the socket, at the pace of the one who takes them. */
@Injectable()
export class Exports {
  private readonly logger = new Logger(Exports.name);

  constructor(
    private readonly clock: Clock,
    private readonly streams: RowStreams,
  ) {}

  /**
   * The file as it is being written. Its first rows are read already, so a query that fails is refused as any request is;
   * a failure after that breaks the download. Throws EXPORTS_BUSY, and VALIDATION_FAILED where
   * there is no such format.
   */
  async file<Item extends object, Query extends object>(
    order: ExportOrder<Item, Query>,
    request: FileRequest,
  ): Promise<StreamableFile> {
    const { extension, mediaType, write } = formatNamed(request.format);
    const rows = await this.streams.start<Item>(order.sql, request.gone);
    const table = sourceOf(order, rows, this.clock.now(), this.clock.timeZone);
    const name = `${table.fileName}.${extension}`;
    try {
      const file = addAbortSignal(rows.lost, write(table));
      file.once('close', () => void this.finish(file, rows, name, request));
      return new StreamableFile(file, { type: mediaType, disposition: `attachment; filename="${name}"` });
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  private async finish(
    file: Readable,
    rows: RowStream<object>,
    name: string,
    { actor }: FileRequest,
  ): Promise<void> {
    await rows.close();
    const said = { file: name, rows: rows.taken, user_id: actor.userId, request_id: actor.origin?.requestId };
    if (file.readableEnded) this.logger.log(said, `Exported ${name}`);
    else this.logger.warn(said, `The export ${name} broke off`);
  }
}
