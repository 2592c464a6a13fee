import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { LedgerQueryService } from '../../ledger/index.js';
import { INSTALLMENT_SOURCE } from '../loan/ledger-source.js';

import { transactionOf } from './repayment.view.js';
import { LoanQueryService } from '../overview/loan-query.service.js';
import { LoanBalanceRepository } from './loan-balance.repository.js';
import type { LoanTransactionsInput } from './repayment.input.js';
import type { LoanTransactionsView } from './repayment.view.js';

/** What became of a loan in the ledger: charges, payments, write-offs, recoveries, and the voids of each. */
@Injectable()
export class LoanTransactionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reading: LoanQueryService,
    private readonly balances: LoanBalanceRepository,
    private readonly ledger: LedgerQueryService,
  ) {}

  /** Throws LOAN_NOT_FOUND. */
  list(loanId: string, page: LoanTransactionsInput): Promise<LoanTransactionsView> {
    return this.transactions.readSnapshot(async (snapshot) => {
      const { installments } = await this.reading.get(loanId, snapshot);
      const numbers = new Map(
        installments.map(({ installment_id, installment_number }) => [installment_id, installment_number]),
      );
      const references = {
        type: INSTALLMENT_SOURCE,
        ids: [...numbers.keys()],
        recoveries: await this.balances.recoveriesOf(snapshot, loanId),
      };
      const { events, ...rest } = await this.ledger.debtHistory(snapshot, references, page);
      const items = events.items.map((event) => transactionOf(event, numbers));
      return { ...events, items, ...rest };
    });
  }
}
