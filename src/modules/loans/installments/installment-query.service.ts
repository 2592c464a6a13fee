import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import type { Page } from '../../../platform/database/page.js';
import { InstallmentQuery } from './installment.query.js';
import type { InstallmentListInput, UnpostedListInput } from './installment.input.js';
import type { InstallmentListItemView, UnpostedInstallmentsView } from './installment.view.js';

/** Lists installments with their current values. */
@Injectable()
export class InstallmentQueryService {
  constructor(
    private readonly clock: Clock,
    private readonly installments: InstallmentQuery,
  ) {}

  list(query: InstallmentListInput): Promise<Page<InstallmentListItemView>> {
    return this.installments.list(query, this.clock.today());
  }

  listUnposted(query: UnpostedListInput): Promise<UnpostedInstallmentsView> {
    return this.installments.listUnposted(query, this.clock.today());
  }
}
