import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { ForecastLineView, LoanForecastView } from './loan-report.view.js';

export class ForecastLine implements ForecastLineView {
  @ApiProperty({ format: 'date', type: String, nullable: true, example: '2025-11-02' })
  week_start!: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true, example: '2025-11-08' })
  week_end!: string | null;

  @MoneyProperty({ example: '750.00' })
  principal!: string;

  @MoneyProperty({ example: '12.33' })
  interest!: string;

  @MoneyProperty({ example: '762.33' })
  total!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'The part of total on ON_HOLD loans; its unposted installments move when the loans resume',
  })
  on_hold!: string;
}

export class LoanForecastResponse implements LoanForecastView {
  @ApiProperty({ format: 'date', example: '2025-10-29' })
  as_of!: string;

  @ApiProperty({
    description: 'Weeks before the current one: overdue, or unposted because the loan is on hold',
  })
  earlier!: ForecastLine;

  @ApiProperty({ type: [ForecastLine], description: 'From the current payment week' })
  weeks!: ForecastLine[];

  @ApiProperty({ description: 'After the last week' })
  later!: ForecastLine;
}
