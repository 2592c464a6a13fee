import { ApiProperty } from '@nestjs/swagger';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NamedDriverResponse } from '../../drivers/index.js';
import { CategoryDebtsResponse, DebtSumsResponse, LeaseDebtsResponse } from '../../ledger/index.js';
import { LoanListItem } from '../overview/loan.response.js';
import type { DriverAccountView, LeaseAccountView } from './driver-account.view.js';

class LeaseAccountResponse extends LeaseDebtsResponse implements LeaseAccountView {
  @MoneyProperty({ example: '1500.00', description: 'Of the open loans under this lease' })
  outstanding_principal!: string;
}

export class DriverAccountResponse implements DriverAccountView {
  @ApiProperty()
  driver!: NamedDriverResponse;

  @ApiProperty({ type: String, format: 'date', example: '2025-11-05', description: 'Today' })
  as_of!: CalendarDate;

  @ApiProperty({ description: 'What the driver owes in the ledger under all leases' })
  debts!: DebtSumsResponse;

  @ApiProperty({ type: [CategoryDebtsResponse], description: 'Those with debts, in the order of payment' })
  categories!: CategoryDebtsResponse[];

  @ApiProperty({ type: [LeaseAccountResponse], description: 'Those with debts or open loans' })
  leases!: LeaseAccountResponse[];

  @MoneyProperty({
    example: '45.89',
    description: 'Unused credit of payments. It is not deducted from the debts',
  })
  unallocated_credit!: string;

  @ApiProperty({ type: [LoanListItem], description: 'The open loans (ACTIVE or ON_HOLD), oldest first' })
  loans!: LoanListItem[];

  @MoneyProperty({ example: '1500.00', description: 'Unpaid principal of the open loans, posted or not' })
  outstanding_principal!: string;
}
