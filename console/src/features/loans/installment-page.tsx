import type { ReactNode } from 'react';
import { Navigate, useParams } from 'react-router';
import { api } from '../../api/client';
import { NotFoundPage } from '../../shared/page/error-pages';
import { QueryState } from '../../shared/page/query-state';

/** Opens the loan of an installment. Ledger records and posting errors name only the installment. */
export function InstallmentPage(): ReactNode {
  const { installmentId = '' } = useParams();
  const query = { installment_id: installmentId };
  const installments = api.useQuery('get', '/api/v1/loans/installments', { params: { query } });
  return (
    <QueryState query={installments} lines={8}>
      {({ items: [installment] }) =>
        installment ? <Navigate replace to={`/loans/${installment.loan_id}`} /> : <NotFoundPage />
      }
    </QueryState>
  );
}
