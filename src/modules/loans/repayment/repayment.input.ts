import type { ListRequest } from '../../../platform/database/page.js';

export interface LoanTransactionsInput extends ListRequest {
  readonly sort_order: 'asc' | 'desc';
}
