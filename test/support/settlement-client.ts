import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../src/kernel/money/money.js';
import { SettlementRunService } from '../../src/modules/ledger/index.js';
import { SettlementChunkService } from '../../src/modules/ledger/settlement/settlement-chunk.service.js';
import { SettlementRunQuery } from '../../src/modules/ledger/settlement/history/settlement-run.query.js';
import type {
  SettlementLineView,
  SettlementResultView,
} from '../../src/modules/ledger/settlement/settlement.view.js';
import type { TestApp } from './test-app.js';

interface Line {
  driver_id?: number;
  tlc_license_number?: string;
  lease_id?: number;
  amount: string;
  /** By default one that no other line has */
  source_id?: string;
  min_take_home?: string;
}

/** Settles earnings of the week that begins on 2025-11-02. */
export class SettlementClient {
  private references = 0;

  constructor(private readonly app: TestApp) {}

  readonly nextReference = (): string => `EARN-${(this.references += 1)}`;

  settle(lines: readonly Line[], more: object = {}): Promise<SettlementResultView> {
    return this.app.get(SettlementRunService).run(SYSTEM_ACTOR, {
      payment_period_start: calendarDate('2025-11-02'),
      lines: lines.map((line) => ({
        source_id: this.nextReference(),
        ...line,
        amount: Money.of(line.amount),
      })),
      ...more,
    });
  }

  linesOf({ run_id }: { readonly run_id: string }): Promise<SettlementLineView[]> {
    return this.app.get(SettlementRunQuery).firstLines(run_id, 10_000);
  }

  /** The lines of a run after it. */
  async settledLines(lines: readonly Line[], more: object = {}): Promise<SettlementLineView[]> {
    return this.linesOf(await this.settle(lines, more));
  }

  /** Settles the first line in a chunk of its own; then the run fails. Returns its id. */
  async failAfterOneLine(lines: readonly Line[]): Promise<string> {
    const runs = this.app.get(SettlementRunService) as unknown as { linesAChunk: number };
    const oneByOne = jest.replaceProperty(runs, 'linesAChunk', 1);
    const chunks = this.app.get(SettlementChunkService);
    const settleNext = chunks.settleNext.bind(chunks);
    const stopped = jest
      .spyOn(chunks, 'settleNext')
      .mockImplementationOnce((...chunk) => settleNext(...chunk))
      .mockRejectedValueOnce(new Error('the disk is full'));
    await expect(this.settle(lines)).rejects.toThrow('the disk is full');
    stopped.mockRestore();
    oneByOne.restore();
    const [failed] = await this.app.db.query<[{ run_id: string }]>(
      'SELECT run_id FROM settlement_runs ORDER BY id DESC LIMIT 1',
    );
    return failed.run_id;
  }
}
