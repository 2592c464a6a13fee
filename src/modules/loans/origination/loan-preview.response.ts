import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty, PercentageProperty } from '../../../platform/http/decimal-property.decorator.js';
import type { PlannedLoan } from '../schedule/planned-loan.js';
import { basisResponse, PlannedInstallmentResponse } from '../schedule/installment.response.js';

/** The schedule that a creation with the same terms would make today. */
export class LoanPreviewResponse {
  @MoneyProperty({ example: '1500.00' })
  loan_amount!: string;

  @PercentageProperty({ example: '10.00' })
  interest_rate!: string;

  @ApiProperty({ format: 'date', example: '2025-10-29' })
  loan_date!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  start_week!: string;

  @ApiProperty({ format: 'date', example: '2025-12-13', description: 'Saturday of the last installment' })
  end_week!: string;

  @MoneyProperty({ example: '250.00' })
  weekly_principal!: string;

  @MoneyProperty({ example: '11.31' })
  total_interest!: string;

  @MoneyProperty({ example: '1511.31' })
  total_payable!: string;

  @ApiProperty({ type: [PlannedInstallmentResponse] })
  installments!: PlannedInstallmentResponse[];
}

export function previewResponse({ terms, loanDate, plan }: PlannedLoan): LoanPreviewResponse {
  return {
    loan_amount: terms.amount.toString(),
    interest_rate: terms.annualRate.toString(),
    loan_date: loanDate,
    start_week: terms.startWeek,
    end_week: plan.endWeek,
    weekly_principal: plan.weeklyPrincipal.toString(),
    total_interest: plan.totalInterest.toString(),
    total_payable: plan.totalPayable.toString(),
    installments: plan.installments.map((installment) => ({
      installment_number: installment.number,
      due_date: installment.dueDate,
      week_start: installment.week.start,
      week_end: installment.week.end,
      principal_amount: installment.principal.toString(),
      interest_amount: installment.interest.toString(),
      total_due: installment.totalDue.toString(),
      interest_basis: basisResponse(installment.interestBasis),
    })),
  };
}
