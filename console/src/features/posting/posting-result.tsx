import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { DataTable } from '../../shared/lists/data-table';
import { StatGrid } from '../../shared/values/stat-grid';
import { formatCount, formatDollars } from '../../shared/format';

type Result = Schemas['PostingResultResponse'];
type PostingError = Schemas['InstallmentErrorResponse'];

export function PostingFigures({ result }: { readonly result: Result }): ReactNode {
  const { t } = useTranslation();
  const failed = result.errors?.length ?? 0;
  return (
    <StatGrid
      stats={[
        { label: t('posting.result.processed'), value: formatCount(result.installments_processed) },
        {
          label: t(result.dry_run ? 'posting.result.wouldPost' : 'posting.result.posted'),
          value: formatCount(result.installments_posted),
        },
        { label: t('posting.result.amount'), value: formatDollars(result.total_amount_posted) },
        {
          label: t('posting.result.failed'),
          value: formatCount(failed),
          tone: failed > 0 ? 'bad' : undefined,
        },
      ]}
    />
  );
}

export function PostingErrors({ errors }: { readonly errors: readonly PostingError[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('posting.result.errors')}
      rows={errors}
      rowKey={({ installment_id, code }) => installment_id ?? code}
      columns={[
        {
          key: 'id',
          title: t('posting.installment'),
          render: ({ installment_id: id }) =>
            id === null ? (
              t('posting.result.wholeLoan')
            ) : (
              <Anchor component={Link} to={`/loans/installments/${id}`} inherit className="figure">
                {id}
              </Anchor>
            ),
        },
        { key: 'message', title: t('posting.result.message'), render: ({ message }) => message },
        { key: 'code', title: t('posting.result.code'), from: 'md', render: ({ code }) => code },
      ]}
    />
  );
}
