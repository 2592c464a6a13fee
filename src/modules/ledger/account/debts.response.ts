import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { CATEGORIES } from './category.js';
import type { Category } from './category.js';
import type { CategoryDebtsView, DebtSumsView, LeaseDebtsView } from './debts.view.js';

export class DebtSumsResponse implements DebtSumsView {
  @MoneyProperty({ example: '319.11', description: '`open` and `disputed` together' })
  outstanding_balance!: string;

  @MoneyProperty({ example: '254.11', description: 'Of OPEN balances, which payments pay' })
  open!: string;

  @MoneyProperty({ example: '65.00', description: 'Of DISPUTED balances, which accept no payment' })
  disputed!: string;

  @MoneyProperty({
    example: '65.00',
    description: 'The part of outstanding_balance that fell due before today, disputed or not',
  })
  overdue!: string;
}

export class CategoryDebtsResponse extends DebtSumsResponse implements CategoryDebtsView {
  @ApiProperty({ enum: CATEGORIES })
  category!: Category;
}

export class LeaseDebtsResponse extends DebtSumsResponse implements LeaseDebtsView {
  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ example: 'LS-1001' })
  lease_number!: string;

  @ApiProperty({ example: '5X41' })
  medallion_number!: string;

  @ApiProperty({ example: 'T612345C' })
  vehicle_plate!: string;
}
