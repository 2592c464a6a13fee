import fc from 'fast-check';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays, calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { planLoan } from './loan-schedule.js';
import { defaultResumeWeek, planResume } from './resume-plan.js';

/** 1,500.00 in six installments of 250.00 from the week of 2025-11-02, the first due 2025-11-08. */
const planned = (rate = '10.00', loanDate = '2025-10-29', startWeek = '2025-11-02') =>
  planLoan({
    amount: Money.of('1500.00'),
    annualRate: Percentage.of(rate),
    loanDate: calendarDate(loanDate),
    startWeek: calendarDate(startWeek),
  }).installments;

interface Resume {
  readonly rate?: string;
  readonly posted?: number;
  readonly voided?: readonly number[];
  readonly accruedThrough?: string;
  readonly week?: string;
  readonly waive?: boolean;
  readonly installments?: ReturnType<typeof planned>;
}

/** By default interest is accrued through the due date of the last posted installment. */
function resumed(resume: Resume) {
  const { rate = '10.00', posted = 1, voided = [], week = '2026-01-04', waive = false } = resume;
  const installments = resume.installments ?? planned(rate);
  const unposted = installments
    .filter(({ number }) => number > posted || voided.includes(number))
    .map((installment) => ({ ...installment, hasAccrued: voided.includes(installment.number) }));
  return planResume({
    unposted,
    annualRate: Percentage.of(rate),
    accruedThrough: (resume.accruedThrough ??
      installments[posted - 1]?.dueDate ??
      '2025-10-29') as CalendarDate,
    firstWeek: weekOf(calendarDate(week)),
    waiveInterest: waive,
  });
}

const lines = ({ installments }: ReturnType<typeof resumed>) =>
  installments.map(({ number, dueDate, interest, interestBasis }) => [
    number,
    dueDate,
    interest.toString(),
    interestBasis.from,
    interestBasis.days,
  ]);

describe('a resumed schedule', () => {
  it('has consecutive weeks and the interest for the gap in its first installment', () => {
    const plan = resumed({ posted: 2 });
    expect(lines(plan)).toEqual([
      // 56 days of 1,000.00
      [3, '2026-01-10', '15.34', '2025-11-15', 56],
      [4, '2026-01-17', '1.44', '2026-01-10', 7],
      [5, '2026-01-24', '0.96', '2026-01-17', 7],
      [6, '2026-01-31', '0.48', '2026-01-24', 7],
    ]);
    expect(plan.waiver).toBeNull();
  });

  it('has seven days of interest in its first installment if the gap is waived and states the waived amount', () => {
    const plan = resumed({ posted: 2, waive: true });
    expect(lines(plan)[0]).toEqual([3, '2026-01-10', '1.92', '2026-01-03', 7]);
    expect(JSON.parse(JSON.stringify(plan.waiver))).toEqual({
      from: '2025-11-15',
      to: '2026-01-03',
      days: 49,
      // 15.34 without the waiver, 1.92 with it
      amount: '13.42',
    });
  });

  it('is not increased by a waiver: 2.47 for three days stays 2.47', () => {
    const installments = planned('20.00', '2025-10-29', '2025-10-26');
    const plan = resumed({ rate: '20.00', installments, posted: 0, week: '2025-10-26', waive: true });
    expect(lines(plan)[0]).toEqual([1, '2025-11-01', '2.47', '2025-10-29', 3]);
    expect(plan.waiver).toBeNull();
  });

  it('accrues no interest for days that were waived earlier', () => {
    const plan = resumed({ posted: 1, accruedThrough: '2025-12-06', week: '2025-12-14' });
    expect(lines(plan)[0]).toEqual([2, '2025-12-20', '4.79', '2025-12-06', 14]);
  });

  it('has no interest in installments before the day through which it is waived', () => {
    const plan = resumed({ posted: 1, accruedThrough: '2026-01-14', week: '2026-01-04' });
    expect(lines(plan).slice(0, 3)).toEqual([
      [2, '2026-01-10', '0.00', '2026-01-14', 0],
      [3, '2026-01-17', '0.82', '2026-01-14', 3],
      [4, '2026-01-24', '1.44', '2026-01-17', 7],
    ]);
  });

  it('keeps the interest of an installment whose posting was voided and moves only its week', () => {
    const plan = resumed({ posted: 4, voided: [1], week: '2025-12-07' });
    expect(lines(plan)).toEqual([
      [1, '2025-12-13', '4.11', '2025-10-29', 10],
      // the first of the other installments, from 2025-11-29, on their own principal
      [5, '2025-12-20', '2.88', '2025-11-29', 21],
      [6, '2025-12-27', '0.48', '2025-12-20', 7],
    ]);
    expect(plan.installments.map(({ week, dueDate }) => week.end === dueDate)).toEqual([true, true, true]);
  });

  it('waives nothing if only such installments are left', () => {
    const plan = resumed({ posted: 6, voided: [6], waive: true });
    expect(lines(plan)).toEqual([[6, '2026-01-10', '0.48', '2025-12-06', 7]]);
    expect(plan.waiver).toBeNull();
  });

  it('never changes principals or numbers, never costs more with a waiver and waives the stated amount', () => {
    const anyResume = fc.record({
      posted: fc.nat(5),
      voided: fc.subarray([1, 2, 3]),
      gap: fc.nat(60),
      accruedLater: fc.nat(100),
    });
    fc.assert(
      fc.property(anyResume, ({ posted, voided, gap, accruedLater }) => {
        const installments = planned();
        const settled = installments[posted - 1]?.dueDate ?? calendarDate('2025-10-29');
        const how = {
          posted,
          voided: voided.filter((number) => number <= posted),
          accruedThrough: addDays(settled, accruedLater),
          week: weeksAfter(weekOf(settled), gap).start,
        };
        const [full, waived] = [resumed({ ...how, waive: false }), resumed({ ...how, waive: true })];
        const identity = ({ number, principal }: { number: number; principal: Money }) =>
          `${number} ${principal}`;
        expect(waived.installments.map(identity)).toEqual(full.installments.map(identity));
        const total = (plan: typeof full) => Money.sum(plan.installments.map(({ interest }) => interest));
        expect(
          total(full)
            .minus(waived.waiver?.amount ?? Money.ZERO)
            .toString(),
        ).toBe(total(waived).toString());
      }),
    );
  });
});

describe('the default resume week', () => {
  const today = weekOf(calendarDate('2025-10-29'));
  const unposted = (startWeek: string) => planned('10.00', '2025-10-29', startWeek);

  it.each([
    ['2025-11-02', '2025-11-02'],
    ['2025-10-26', '2025-11-02'],
    ['2025-12-14', '2025-12-14'],
  ])('of a loan from %s is %s: the next payment week or its own later week', (startWeek, expected) => {
    expect(defaultResumeWeek(unposted(startWeek), today).start).toBe(expected);
  });

  it('moves no later installment forward even if the first one is long past', () => {
    const [first, ...later] = unposted('2025-12-14');
    const voided = { ...first, week: weekOf(calendarDate('2025-10-05')) };
    expect(defaultResumeWeek([voided, ...later], today).start).toBe('2025-12-14');
  });
});
