import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePermission } from '../../../api/session';
import { useDownload } from '../../../shared/use-download';
import type { Loan } from '../loan';
import type { LoanAction } from './allowed-actions';
import { isOpen, useAllowedActions } from './allowed-actions';
import { LoanActionDialog } from './loan-action-dialog';

export function LoanActions({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const mayPay = usePermission('ledger:post');
  const [action, setAction] = useState<LoanAction | null>(null);
  return (
    <>
      {mayPay && isOpen(loan) && (
        <Button
          variant="default"
          component={Link}
          to={`/ledger/accounts/${loan.driver_id}/${loan.lease_id}/pay`}
        >
          {t('loans.actions.pay')}
        </Button>
      )}
      <ActionMenu loan={loan} onAction={setAction} />
      {action !== null && <LoanActionDialog action={action} loan={loan} onClose={() => setAction(null)} />}
    </>
  );
}

interface ActionMenuProps {
  readonly loan: Loan;
  readonly onAction: (action: LoanAction) => void;
}

function ActionMenu({ loan, onAction }: ActionMenuProps): ReactNode {
  const { t } = useTranslation();
  const actions = useAllowedActions(loan);
  const agreement = useDownload();
  const address = `/api/v1/loans/${loan.loan_id}/agreement.pdf`;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />} loading={agreement.isPending}>
          {t('loans.actions.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={action} onClick={() => onAction(action)}>
            {t(`loans.actions.${action}`)}
          </Menu.Item>
        ))}
        {actions.length > 0 && <Menu.Divider />}
        <Menu.Item onClick={() => agreement.mutate({ address })}>{t('loans.detail.agreement')}</Menu.Item>
        {amendmentsOf(loan).map((version) => (
          <Menu.Item
            key={version}
            onClick={() => agreement.mutate({ address: `${address}?version=${version}` })}
          >
            {t('loans.actions.amendment', { version })}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => window.print()}>{t('loans.detail.print')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The schedule versions after the agreed version 1. */
function amendmentsOf({ schedule_version }: Loan): number[] {
  return Array.from({ length: Math.max(0, schedule_version - 1) }, (_, index) => index + 2);
}
