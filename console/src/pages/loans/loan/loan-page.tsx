import { Anchor, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { driverName } from '../../../shared/driver-picker';
import { PageHeader } from '../../../shared/page-header';
import { QueryState } from '../../../shared/query-state';
import { Status } from '../../../shared/status';
import { useBusinessDate } from '../../../shared/use-business-date';
import { Schedule } from '../schedule-table';
import { LoanActions } from './loan-actions';
import { LoanFigures, LoanTerms } from './loan-figures';
import { LoanHistory } from './loan-history';
import { LoanLedger } from './loan-ledger';

export type Loan = Schemas['LoanDetailResponse'];

const TABS = ['schedule', 'ledger', 'history'] as const;

export function LoanPage(): ReactNode {
  const { t } = useTranslation();
  const { loanId = '' } = useParams();
  const loan = api.useQuery('get', '/api/v1/loans/{loan_id}', { params: { path: { loan_id: loanId } } });
  return (
    <div>
      <PageHeader
        title={loanId}
        trail={[{ label: t('loans.title'), to: '/loans' }]}
        mark={loan.data && <Status of={loan.data.status} />}
        lead={loan.data && <Parties loan={loan.data} />}
        actions={loan.data && <LoanActions loan={loan.data} />}
      />
      <QueryState query={loan} lines={8}>
        {(data) => <LoanBody loan={data} />}
      </QueryState>
    </div>
  );
}

function Parties({ loan }: { readonly loan: Loan }): ReactNode {
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
      <LoanFigures loan={loan} today={today} />
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
