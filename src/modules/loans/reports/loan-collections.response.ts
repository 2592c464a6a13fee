import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { CollectionSumsView, CollectionWeekView, LoanCollectionsView } from './loan-report.view.js';

export class CollectionSums implements CollectionSumsView {
  @ApiProperty({ type: 'integer', example: 3 })
  installments!: number;

  @MoneyProperty({ example: '762.33', description: 'Principal and interest that fell due' })
  total_due!: string;

  @MoneyProperty({ example: '500.00' })
  principal_paid!: string;

  @MoneyProperty({ example: '12.33' })
  interest_paid!: string;

  @MoneyProperty({ example: '512.33', description: 'Paid by now, at any time' })
  total_paid!: string;

  @MoneyProperty({ example: '0.00', description: 'Written off: unpaid principal and interest' })
  written_off!: string;

  @MoneyProperty({ example: '250.00', description: 'Neither paid nor written off' })
  outstanding!: string;
}

export class CollectionWeek extends CollectionSums implements CollectionWeekView {
  @ApiProperty({ format: 'date', example: '2025-11-02' })
  week_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  week_end!: string;
}

export class LoanCollectionsResponse implements LoanCollectionsView {
  @ApiProperty({ format: 'date', example: '2025-11-05' })
  as_of!: string;

  @ApiProperty({ type: [CollectionWeek], description: 'Every week of the period, oldest first' })
  weeks!: CollectionWeek[];

  @ApiProperty({ description: 'Over all weeks' })
  totals!: CollectionSums;
}
