import type { Schemas } from '../../api/client';

export type Loan = Schemas['LoanDetailResponse'];
