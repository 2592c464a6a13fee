import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, client } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { deleteDraft } from '../../../shared/forms/draft';
import { useWrite } from '../../../shared/forms/use-write';
import { driverName } from '../../../shared/values/driver';
import { DetailList } from '../../../shared/values/detail-list';
import { formatDollars, formatRate, formatWeek } from '../../../shared/format';
import { ProblemAlert } from '../../../shared/page/problem-alert';
import { LOAN_FORM } from './draft';

interface ReviewStepProps {
  readonly terms: Schemas['CreateLoanDto'];
  readonly preview: Schemas['LoanPreviewResponse'];
  readonly onBack: () => void;
}

export function ReviewStep({ terms, preview, onBack }: ReviewStepProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const driver = api.useQuery('get', '/api/v1/drivers/{driver_id}', {
    params: { path: { driver_id: terms.driver_id } },
  });
  const lease = api.useQuery('get', '/api/v1/leases/{lease_id}', {
    params: { path: { lease_id: terms.lease_id } },
  });
  const name = driver.data ? driverName(driver.data) : '';
  const creating = useWrite(
    (body: Schemas['CreateLoanDto'], key) =>
      client.POST('/api/v1/loans', { body, params: { header: { 'Idempotency-Key': key } } }),
    {
      successMessage: (loan) => t('loans.new.created', { loan: loan.loan_id, driver: name }),
      onSuccess: (loan) => {
        deleteDraft(LOAN_FORM);
        void navigate(`/loans/${loan.loan_id}`);
      },
    },
  );
  return (
    <Stack gap="lg">
      {/* the other steps begin with an input that has the focus */}
      <Title order={2} tabIndex={-1} ref={focusHeading}>
        {t('loans.new.steps.review')}
      </Title>
      <Text c="dimmed" size="sm">
        {t('loans.new.reviewHint')}
      </Text>
      <DetailList
        details={[
          { label: t('field.driver'), value: `${name} · ${driver.data?.tlc_license_number ?? ''}` },
          {
            label: t('loans.new.lease'),
            value: lease.data && `${lease.data.lease_number} · ${lease.data.medallion_number}`,
          },
          { label: t('loans.new.amount'), value: formatDollars(preview.loan_amount) },
          { label: t('loans.new.rate'), value: formatRate(preview.interest_rate) },
          { label: t('loans.new.startWeek'), value: formatWeek(preview.start_week) },
          { label: t('loans.new.totalPayable'), value: formatDollars(preview.total_payable) },
          { label: t('loans.new.purpose'), value: terms.purpose ?? '—' },
          { label: t('loans.new.notes'), value: terms.notes ?? '—' },
        ]}
      />
      {creating.error && <ProblemAlert error={creating.error} onSendAgain={() => creating.mutate(terms)} />}
      <Group>
        <Button variant="default" onClick={onBack}>
          {t('write.back')}
        </Button>
        <Button loading={creating.isPending} onClick={() => creating.mutate(terms)}>
          {t('loans.new.create')}
        </Button>
      </Group>
    </Stack>
  );
}

const focusHeading = (heading: HTMLElement | null): void => heading?.focus();
