import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiAnswer } from '../api-client.js';
import { dateOf } from '../model/calendar.js';
import type { LoanModel } from '../model/loan-model.js';
import { centsOf, dollars } from '../model/money.js';
import type { ActOf } from './acts.js';
import { choose } from './choose.js';
import type { Life } from './life.js';

/** Below DRIVER_MAX_LOANS, whichever borrower they are of. */
const MAX_LOANS = 4;

const setStatus = (life: Life, loan: LoanModel, body: object): Promise<ApiAnswer<LoanDetailResponse>> =>
  life.client.put(`/loans/${loan.id}/status`, { reason: 'Agreed', ...body });

export async function lend(life: Life, { borrower, cents, rate, weeksAhead }: ActOf<'lend'>): Promise<void> {
  if (life.model.loans.length === MAX_LOANS) return;
  const startWeek = life.model.week + 7 * weeksAhead;
  const lent = await life.attempt(
    true,
    life.client.post<LoanDetailResponse>('/loans', {
      ...life.borrower(borrower),
      loan_amount: dollars(cents),
      interest_rate: dollars(rate),
      start_week: dateOf(startWeek),
    }),
  );
  const terms = { borrower: life.borrower(borrower), amount: cents, rate, startWeek };
  const loan = life.model.lend({ id: lent!.loan_id, ...terms });
  await life.recordPosted(life.model.dueAtOnce(loan));
}

export async function post(life: Life, { loan: pick, weeksBack }: ActOf<'post'>): Promise<void> {
  const only = pick === null ? undefined : choose(life.model.loans, pick, () => true)?.item;
  const first = life.model.week - 7 * weeksBack;
  await life.post(first, life.model.due(first, life.model.week, only), only?.id);
}

export async function hold(life: Life, { pick }: ActOf<'hold'>): Promise<void> {
  const chosen = choose(life.model.loans, pick, ({ status }) => status === 'ACTIVE');
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  if (await life.attempt(isAllowed, setStatus(life, loan, { status: 'ON_HOLD' }))) loan.status = 'ON_HOLD';
}

export async function resume(life: Life, { pick, week, waive }: ActOf<'resume'>): Promise<void> {
  const { model } = life;
  const firstOf = (loan: LoanModel): number =>
    week === null ? loan.defaultResumeWeek(model.today) : model.week + 7 * week;
  const chosen = choose(model.loans, pick, (loan) => {
    const isLater = loan.posted.every((installment) => installment.week < firstOf(loan));
    return loan.status === 'ON_HOLD' && (isLater || loan.unposted.length === 0);
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  const first = firstOf(loan);
  const body = { status: 'ACTIVE', ...(week !== null && { resume_week: dateOf(first) }) };
  const full = await life.attempt(isAllowed, setStatus(life, loan, { ...body, dry_run: true }));
  const resumed = await life.attempt(isAllowed, setStatus(life, loan, { ...body, waive_interest: waive }));
  if (!full || !resumed) return;
  // a waiver never increases the amount owed
  expect(centsOf(resumed.total_payable)).toBeLessThanOrEqual(centsOf(full.total_payable));
  loan.resume(first, waive);
  await life.recordPosted(model.dueAtOnce(loan));
}

export async function cancel(life: Life, { pick }: ActOf<'cancel'>): Promise<void> {
  const chosen = choose(life.model.loans, pick, (loan) => loan.isRunning && loan.posted.length === 0);
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  if (!(await life.attempt(isAllowed, setStatus(life, loan, { status: 'CANCELLED' })))) return;
  loan.skipUnposted(false);
  loan.status = 'CANCELLED';
}

export async function writeOff(life: Life, { pick }: ActOf<'writeOff'>): Promise<void> {
  const { ledger, loans } = life.model;
  const chosen = choose(loans, pick, (loan) => {
    const unpaid = loan.posted.filter((installment) => !loan.isPaid(installment));
    const areOpen = unpaid.every(({ debt }) => ledger.statusOf(debt!) === 'OPEN');
    return loan.isRunning && unpaid.length > 0 && areOpen && loan.writeOff?.voidedOn !== null;
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  const path = `/loans/${loan.id}/write-off`;
  const answer = await life.attempt(
    isAllowed,
    life.client.post<{ posting_id: string }>(path, { reason: 'Gone' }),
  );
  if (answer) life.model.writeOff(loan, answer.posting_id);
}

/** Recovers a percentage of the written-off amount that is not recovered. More than 100 percent is rejected. */
export async function recover(life: Life, { pick, percent }: ActOf<'recover'>): Promise<void> {
  const loan = choose(life.model.loans, pick, ({ leftToRecover }) => leftToRecover > 0)?.item;
  if (!loan) return;
  const left = loan.leftToRecover;
  const cents = Math.max(1, Math.ceil((left * percent) / 100));
  const answer = await life.attempt(
    cents <= left,
    life.client.post<{ posting_id: string }>(`/loans/${loan.id}/recoveries`, {
      amount: dollars(cents),
      source_id: life.nextSource(),
      method: 'CASH',
    }),
  );
  if (!answer) return;
  const credit = { id: answer.posting_id, kind: 'RECOVERY' as const, borrower: loan.borrower, cents };
  loan.recoveries.push(life.model.ledger.pay({ ...credit, week: life.model.week }));
}
