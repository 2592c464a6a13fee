import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { checkApproval } from './loan-approval.js';
import type { LoanStatus } from './loan-status.js';

const CREATOR = 7;
const DRAFT = {
  loanId: 'DL-2025-0001',
  status: 'DRAFT' as LoanStatus,
  createdBy: CREATOR as number | null,
  startWeek: calendarDate('2025-11-02'),
};
const approve = (over: Partial<typeof DRAFT>, approver: number, today: string) => () =>
  checkApproval({ ...DRAFT, ...over }, approver, calendarDate(today));

describe('a draft', () => {
  it.each(['2025-10-01', '2025-11-02', '2025-11-08'])('may be approved by a colleague on %s', (today) => {
    expect(approve({}, 8, today)).not.toThrow();
  });

  it('may be approved by anybody where the system itself created it', () => {
    expect(approve({ createdBy: null }, CREATOR, '2025-11-02')).not.toThrow();
  });

  it('is not approved by its creator', () => {
    expect(approve({}, CREATOR, '2025-11-02')).toThrow(
      expect.objectContaining({ code: 'APPROVAL_BY_CREATOR' }),
    );
  });

  it('is not approved once its first week has passed', () => {
    expect(approve({}, 8, '2025-11-09')).toThrow(
      expect.objectContaining({
        code: 'START_WEEK_PASSED',
        message:
          'The first week of DL-2025-0001, 2025-11-02, lies before the current one, 2025-11-09; cancel it and create it anew.',
      }),
    );
  });

  it.each<LoanStatus>(['ACTIVE', 'ON_HOLD', 'CLOSED', 'CANCELLED'])(
    'is what is approved, never a loan that is %s',
    (status) => {
      expect(approve({ status }, 8, '2025-11-02')).toThrow(
        expect.objectContaining({ code: 'LOAN_NOT_A_DRAFT' }),
      );
    },
  );
});
