import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiAnswer } from '../api-client.js';
import { dateOf } from '../model/calendar.js';
import type { LoanModel } from '../model/loan-model.js';
import { centsOf, dollars } from '../model/money.js';
import type { CommandOf } from './commands.js';
import { choose } from './choose.js';
import type { Simulation } from './simulation.js';

/** Below DRIVER_MAX_LOANS, whichever borrower they are of. */
const MAX_LOANS = 4;

const setStatus = (
  simulation: Simulation,
  loan: LoanModel,
  body: object,
): Promise<ApiAnswer<LoanDetailResponse>> =>
  simulation.client.put(`/loans/${loan.id}/status`, { reason: 'Agreed', ...body });

export async function lend(
  simulation: Simulation,
  { borrower, cents, rate, weeksAhead }: CommandOf<'lend'>,
): Promise<void> {
  if (simulation.model.loans.length === MAX_LOANS) return;
  const startWeek = simulation.model.week + 7 * weeksAhead;
  const created = await simulation.attempt(
    true,
    simulation.client.post<LoanDetailResponse>('/loans', {
      ...simulation.borrower(borrower),
      loan_amount: dollars(cents),
      interest_rate: dollars(rate),
      start_week: dateOf(startWeek),
    }),
  );
  const terms = { borrower: simulation.borrower(borrower), amount: cents, rate, startWeek };
  const loan = simulation.model.lend({ id: created!.loan_id, ...terms });
  await simulation.recordPosted(simulation.model.dueAtOnce(loan));
}

export async function post(
  simulation: Simulation,
  { loan: pick, weeksBack }: CommandOf<'post'>,
): Promise<void> {
  const only = pick === null ? undefined : choose(simulation.model.loans, pick, () => true)?.item;
  const first = simulation.model.week - 7 * weeksBack;
  await simulation.post(first, simulation.model.due(first, simulation.model.week, only), only?.id);
}

export async function hold(simulation: Simulation, { pick }: CommandOf<'hold'>): Promise<void> {
  const chosen = choose(simulation.model.loans, pick, ({ status }) => status === 'ACTIVE');
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  if (await simulation.attempt(isAllowed, setStatus(simulation, loan, { status: 'ON_HOLD' })))
    loan.status = 'ON_HOLD';
}

export async function resume(
  simulation: Simulation,
  { pick, week, waive }: CommandOf<'resume'>,
): Promise<void> {
  const { model } = simulation;
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
  const full = await simulation.attempt(isAllowed, setStatus(simulation, loan, { ...body, dry_run: true }));
  const resumed = await simulation.attempt(
    isAllowed,
    setStatus(simulation, loan, { ...body, waive_interest: waive }),
  );
  if (!full || !resumed) return;
  // a waiver never increases the amount owed
  expect(centsOf(resumed.total_payable)).toBeLessThanOrEqual(centsOf(full.total_payable));
  loan.resume(first, waive);
  await simulation.recordPosted(model.dueAtOnce(loan));
}

export async function cancel(simulation: Simulation, { pick }: CommandOf<'cancel'>): Promise<void> {
  const chosen = choose(simulation.model.loans, pick, (loan) => loan.isRunning && loan.posted.length === 0);
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  if (!(await simulation.attempt(isAllowed, setStatus(simulation, loan, { status: 'CANCELLED' })))) return;
  loan.skipUnposted(false);
  loan.status = 'CANCELLED';
}

export async function writeOff(simulation: Simulation, { pick }: CommandOf<'writeOff'>): Promise<void> {
  const { ledger, loans } = simulation.model;
  const chosen = choose(loans, pick, (loan) => {
    const unpaid = loan.posted.filter((installment) => !loan.isPaid(installment));
    const areOpen = unpaid.every(({ debt }) => ledger.statusOf(debt!) === 'OPEN');
    return loan.isRunning && unpaid.length > 0 && areOpen && loan.writeOff?.voidedOn !== null;
  });
  if (!chosen) return;
  const { item: loan, isAllowed } = chosen;
  const path = `/loans/${loan.id}/write-off`;
  const answer = await simulation.attempt(
    isAllowed,
    simulation.client.post<{ posting_id: string }>(path, { reason: 'Gone' }),
  );
  if (answer) simulation.model.writeOff(loan, answer.posting_id);
}

/** Recovers a percentage of the written-off amount that is not recovered. More than 100 percent is rejected. */
export async function recover(
  simulation: Simulation,
  { pick, percent }: CommandOf<'recover'>,
): Promise<void> {
  const loan = choose(simulation.model.loans, pick, ({ leftToRecover }) => leftToRecover > 0)?.item;
  if (!loan) return;
  const left = loan.leftToRecover;
  const cents = Math.max(1, Math.ceil((left * percent) / 100));
  const answer = await simulation.attempt(
    cents <= left,
    simulation.client.post<{ posting_id: string }>(`/loans/${loan.id}/recoveries`, {
      amount: dollars(cents),
      source_id: simulation.nextSource(),
      method: 'CASH',
    }),
  );
  if (!answer) return;
  const credit = { id: answer.posting_id, kind: 'RECOVERY' as const, borrower: loan.borrower, cents };
  loan.recoveries.push(simulation.model.ledger.pay({ ...credit, week: simulation.model.week }));
}
