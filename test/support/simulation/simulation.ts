import type { BalanceResponse } from '../../../src/modules/ledger/balances/balance.response.js';
import { InstallmentPostingService } from '../../../src/modules/loans/posting/installment-posting.service.js';
import type { Page } from '../../../src/platform/database/page.js';
import type { ApiAnswer, ApiClient } from '../api-client.js';
import { aLease } from '../factories.js';
import { dateOf, dayOf } from '../model/calendar.js';
import { byNumber } from '../model/ids.js';
import type { Day } from '../model/calendar.js';
import type { DueInstallment } from '../model/fleet-model.js';
import { FleetModel } from '../model/fleet-model.js';
import type { BorrowerRef } from '../borrower-ref.js';
import { dollars, sum } from '../model/money.js';
import type { TestApp } from '../test-app.js';
import type { Command } from './commands.js';

const START = '2025-11-05T09:00:00-05:00';
let sources = 0;

/** A fleet in the service and in the model: two drivers, of whom the first has two leases. */
export class Simulation {
  readonly client: ApiClient;

  /** The commands that the service accepted */
  readonly accepted = new Set<Command['type']>();
  /** The commands that the service rejected */
  readonly rejected = new Set<Command['type']>();
  private current: Command['type'] = 'wait';

  private constructor(
    readonly app: TestApp,
    readonly model: FleetModel,
  ) {
    this.client = app.as('ADMIN');
  }

  /** Begins on a Wednesday with empty tables. */
  static async start(app: TestApp): Promise<Simulation> {
    app.clock.set(START);
    const first = await aLease(app);
    const leases = [first, await aLease(app, { driver_id: first.driver_id }), await aLease(app)];
    const borrowers = leases.map(({ id, driver_id }) => ({ driver_id, lease_id: id }));
    return new Simulation(app, new FleetModel(borrowers, dayOf(app.clock.today())));
  }

  /** Names the command to which the next attempts belong. */
  begin(command: Command['type']): void {
    this.current = command;
  }

  borrower(index: number): BorrowerRef {
    return this.model.borrowers[index]!;
  }

  nextSource(): string {
    return `SIMULATION-${(sources += 1)}`;
  }

  wait(days: number): void {
    this.app.clock.advanceDays(days);
    this.model.wait(days);
  }

  /** Moves the clock by a second, so that the previous state can be queried. */
  tick(): void {
    this.app.clock.set(new Date(this.app.clock.now().getTime() + 1_000).toISOString());
  }

  /** Expects the request to succeed if the model allows it, and to be rejected otherwise. Returns null if it is rejected. */
  async attempt<T>(isAllowed: boolean, request: Promise<ApiAnswer<T>>): Promise<T | null> {
    const { status, body } = await request;
    const outcome = status < 300 ? 'done' : status >= 500 ? 'failed' : 'refused';
    if (outcome !== (isAllowed ? 'done' : 'refused')) {
      throw new Error(`${outcome} with ${status}, expected the opposite: ${JSON.stringify(body)}`);
    }
    (isAllowed ? this.accepted : this.rejected).add(this.current);
    return isAllowed ? body : null;
  }

  /** The scheduled run of the current week, as the job starts it. */
  async runSchedule(): Promise<void> {
    const due = this.model.dueAsScheduled();
    const week = this.app.clock.currentWeek();
    const service = this.app.get(InstallmentPostingService);
    const result = await service.postScheduled(week, new AbortController().signal);
    if (result) this.expectPosted(result, due);
    await this.recordPosted(due);
  }

  async post(first: Day, due: readonly DueInstallment[], loanId?: string): Promise<void> {
    const result = await this.attempt(
      true,
      this.client.post<{ installments_posted: number; total_amount_posted: string }>(
        '/loans/installments/post',
        {
          payment_period_start: dateOf(first),
          payment_period_end: dateOf(this.model.week + 6),
          ...(loanId !== undefined && { loan_id: loanId }),
        },
      ),
    );
    if (result) this.expectPosted(result, due);
    await this.recordPosted(due);
  }

  /** Passes the ids of the new balances in the service to the model, the oldest first. The model knows which ones exist. */
  async recordPosted(due: readonly DueInstallment[]): Promise<void> {
    if (due.length === 0) return;
    const { body } = await this.client.get<Page<BalanceResponse>>(
      '/ledger/balances?category=LOANS&page_size=500',
    );
    const active = new Map(
      body.items
        .filter(({ status }) => status !== 'VOIDED')
        .map((balance) => [balance.reference_id, balance]),
    );
    const posted = due.map(({ loan, installment }) => {
      const balance = active.get(installment.id);
      if (!balance) throw new Error(`${installment.id} is not posted`);
      return { loan, installment, id: balance.balance_id, postingId: balance.posting_id };
    });
    this.model.post(posted.toSorted((one, other) => byNumber(one.id, other.id)));
  }

  private expectPosted(
    {
      installments_posted,
      total_amount_posted,
    }: { installments_posted: number; total_amount_posted: string },
    due: readonly DueInstallment[],
  ): void {
    const amount = sum(due, ({ installment }) => installment.principal + installment.interest);
    expect([installments_posted, total_amount_posted]).toEqual([due.length, dollars(amount)]);
  }
}
