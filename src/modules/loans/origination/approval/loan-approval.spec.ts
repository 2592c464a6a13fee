import { calendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { approvedStartWeek, checkApproval, checkCreator } from './loan-approval.js';
import type { LoanStatus } from '../../loan/loan-status.js';

const CREATOR = 7;
const DRAFT = {
  loanId: 'DL-2025-0001',
  status: 'DRAFT' as LoanStatus,
  createdBy: CREATOR as number | null,
};
const approve = (over: Partial<typeof DRAFT>, approver: number) => () =>
  checkApproval({ ...DRAFT, ...over }, approver);

describe('a draft loan', () => {
  it('can be approved by a colleague', () => {
    expect(approve({}, 8)).not.toThrow();
  });

  it('can be approved by anyone if the system created it', () => {
    expect(approve({ createdBy: null }, CREATOR)).not.toThrow();
  });

  it('cannot be approved by its creator', () => {
    expect(approve({}, CREATOR)).toThrow(expect.objectContaining({ code: 'APPROVAL_BY_CREATOR' }));
  });

  it.each<LoanStatus>(['ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED'])(
    'is the only loan that can be approved, unlike a loan that is %s',
    (status) => {
      expect(approve({ status }, 8)).toThrow(expect.objectContaining({ code: 'LOAN_NOT_A_DRAFT' }));
    },
  );
});

describe('the creator of a loan', () => {
  it('is required if the loan needs an approval', () => {
    const required = expect.objectContaining({ code: 'CREATOR_REQUIRED' }) as Error;
    expect(() => {
      checkCreator('DRAFT', null);
    }).toThrow(required);
    expect(() => {
      checkCreator('DRAFT', CREATOR);
      checkCreator('ACTIVE', null);
    }).not.toThrow();
  });
});

describe('the start week of an approved loan', () => {
  const startWeek = (asked: string | undefined, today: string) =>
    approvedStartWeek(
      asked === undefined ? undefined : calendarDate(asked),
      calendarDate('2025-11-02'),
      calendarDate(today),
    );

  it.each([
    ['2025-10-29', '2025-11-02'],
    ['2025-11-08', '2025-11-02'],
    ['2025-11-09', '2025-11-16'],
    ['2025-12-31', '2026-01-04'],
  ])('is on %s the week of %s: that of the draft, or the next week if that has passed', (today, week) => {
    expect(startWeek(undefined, today)).toBe(week);
  });

  it('is the requested week, which must follow the rules for a new loan', () => {
    expect(startWeek('2025-11-09', '2025-11-12')).toBe('2025-11-09');
    for (const [asked, code] of [
      ['2025-11-10', 'START_WEEK_NOT_SUNDAY'],
      ['2025-11-02', 'START_WEEK_OUT_OF_RANGE'],
      ['2026-11-15', 'START_WEEK_OUT_OF_RANGE'],
    ] as const) {
      expect(() => startWeek(asked, '2025-11-12')).toThrow(expect.objectContaining({ code }));
    }
  });
});
