import { violatedConstraint, sqlStateOf } from '../../../platform/database/transactions.js';
import type { PostingError } from '../posting-runs/posting-run.repository.js';

/** Why one installment is not posted. */
export type PostingErrorCause = Omit<PostingError, 'installment_id'>;

/** SQLSTATE class 23: a row violates a constraint. */
const ROW_AT_FAULT = /^23/;

/** Returns null if the error is not about a row. */
export function postingErrorCauseOf(error: unknown): PostingErrorCause | null {
  if (!ROW_AT_FAULT.test(sqlStateOf(error) ?? '')) return null;
  const constraint = violatedConstraint(error);
  if (constraint === 'uq_ledger_postings_standing_source') {
    return {
      code: 'SOURCE_ALREADY_POSTED',
      message: 'The ledger already has an active posting for this installment.',
    };
  }
  return {
    code: 'INSTALLMENT_REFUSED',
    message: `The database refused the posting: it violates the constraint ${constraint ?? 'of a column'}.`,
  };
}
