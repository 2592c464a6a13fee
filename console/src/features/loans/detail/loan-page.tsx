import { Anchor, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { api } from '../../../api/client';
import { driverName } from '../../../shared/values/driver';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import { Status } from '../../../shared/values/status';
import { useBusinessDate } from '../../../shared/posting-schedule';
import type { Loan } from '../loan';
import { Schedule } from '../schedule-table';
import { LoanActions } from '../actions/loan-actions';
import { LoanStats, LoanTerms } from './loan-stats';
import { LoanHistory } from './loan-history';
import { LoanLedger } from './loan-ledger';

const TABS = ['schedule', 'ledger', 'history'] as const;

export function LoanPage(): ReactNode {
  const { t } = useTranslation();
  const { loanId = '' } = useParams();
  const loan = api.useQuery('get', '/api/v1/loans/{loan_id}', { params: { path: { loan_id: loanId } } });
  return (
    <div>
      <PageHeader
        title={loanId}
        breadcrumbs={[{ label: t('loans.title'), to: '/loans' }]}
        badge={loan.data && <Status of={loan.data.status} />}
        description={loan.data && <LoanSubtitle loan={loan.data} />}
        actions={loan.data && <LoanActions loan={loan.data} />}
      />
      <QueryState query={loan} lines={8}>
        {(data) => <LoanBody loan={data} />}
      </QueryState>
    </div>
  );
}

function LoanSubtitle({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const { driver, lease } = loan;
  return (
    <>
      <Anchor component={Link} to={`/drivers/${driver.id}`} inherit fw={550}>
        {driverName(driver)}
      </Anchor>
      {` · TLC ${driver.tlc_license_number} · `}
      <Anchor component={Link} to={`/leases/${lease.id}`} inherit underline="always">
        {lease.lease_number}
      </Anchor>
      {` · ${t('field.medallion')} ${lease.medallion_number}`}
    </>
  );
}

function LoanBody({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  const [parameters, setParameters] = useSearchParams();
  const tab = TABS.find((name) => name === parameters.get('tab')) ?? 'schedule';
  return (
    <>
      <LoanStats loan={loan} today={today} />
      <Tabs
        value={tab}
        onChange={(next) =>
          setParameters(next === 'schedule' || next === null ? {} : { tab: next }, { replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md" className="no-print">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`loans.detail.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="schedule">
          <Schedule loan={loan} today={today} />
          <LoanTerms loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LoanLedger loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <LoanHistory loanId={loan.loan_id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
