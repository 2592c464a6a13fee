import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client } from '../../../api/client';
import { usePermission } from '../../../api/session';
import { isZero } from '../../../shared/format';
import { RecordForm } from '../../../shared/forms/record-form';
import { useDownload } from '../../../shared/use-download';
import { ApproveDialog } from './approve-dialog';
import { EditDialog } from './edit-dialog';
import type { Loan } from '../loan';
import { PayoffDialog } from './payoff-dialog';
import { RecoverDialog } from './recover-dialog';
import { StatusDialog } from './status-dialog';
import { isPaidOff, UndoPayoffDialog } from './undo-payoff-dialog';
import { WriteOffDialog } from './write-off-dialog';

const ACTS = [
  'approve',
  'hold',
  'resume',
  'payoff',
  'undoPayoff',
  'edit',
  'cancel',
  'writeOff',
  'recover',
] as const;

type Act = (typeof ACTS)[number];

/** What the loan's state and the user's permissions allow. The service checks both again. */
function useActs(loan: Loan): readonly Act[] {
  const mayUpdate = usePermission('loans:update');
  const mayPayOff = usePermission('loans:update', 'loans:post');
  const mayUndo = usePermission('loans:update', 'ledger:void');
  const mayWriteOff = usePermission('loans:write-off');
  const mayPay = usePermission('ledger:post');
  const isRunning = loan.status === 'ACTIVE' || loan.status === 'ON_HOLD';
  const isOpen = isRunning || loan.status === 'DRAFT';
  const isAllowed: Readonly<Record<Act, boolean>> = {
    approve: mayUpdate && loan.status === 'DRAFT',
    hold: mayUpdate && loan.status === 'ACTIVE',
    resume: mayUpdate && loan.status === 'ON_HOLD',
    payoff: mayPayOff && isRunning,
    undoPayoff: mayUndo && isPaidOff(loan),
    edit: mayUpdate,
    cancel: mayUpdate && isOpen && !loan.installments.some(({ posted_to_ledger }) => posted_to_ledger),
    writeOff: mayWriteOff && isRunning,
    recover: mayPay && !isZero(loan.left_to_recover),
  };
  return ACTS.filter((act) => isAllowed[act]);
}

export function LoanActions({ loan }: { readonly loan: Loan }): ReactNode {
  const { t } = useTranslation();
  const acts = useActs(loan);
  const mayPay = usePermission('ledger:post');
  const [act, setAct] = useState<Act | null>(null);
  const agreement = useDownload();
  const address = `/api/v1/loans/${loan.loan_id}/agreement.pdf`;
  return (
    <>
      {mayPay && (loan.status === 'ACTIVE' || loan.status === 'ON_HOLD') && (
        <Button
          variant="default"
          component={Link}
          to={`/ledger/accounts/${loan.driver_id}/${loan.lease_id}/pay`}
        >
          {t('loans.actions.pay')}
        </Button>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={16} />} loading={agreement.isPending}>
            {t('loans.actions.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map((name) => (
            <Menu.Item key={name} onClick={() => setAct(name)}>
              {t(`loans.actions.${name}`)}
            </Menu.Item>
          ))}
          {acts.length > 0 && <Menu.Divider />}
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
      {act !== null && <ActDialog act={act} loan={loan} onClose={() => setAct(null)} />}
    </>
  );
}

/** The versions of the schedule after the one that was agreed. */
function amendmentsOf({ schedule_version }: Loan): number[] {
  return Array.from({ length: Math.max(0, schedule_version - 1) }, (_, index) => index + 2);
}

interface ActDialogProps {
  readonly act: Act;
  readonly loan: Loan;
  readonly onClose: () => void;
}

function ActDialog({ act, loan, onClose }: ActDialogProps): ReactNode {
  switch (act) {
    case 'approve':
      return <ApproveDialog loan={loan} onClose={onClose} />;
    case 'payoff':
      return <PayoffDialog loan={loan} onClose={onClose} />;
    case 'undoPayoff':
      return <UndoPayoffDialog loan={loan} onClose={onClose} />;
    case 'writeOff':
      return <WriteOffDialog loan={loan} onClose={onClose} />;
    case 'recover':
      return <RecoverDialog loan={loan} onClose={onClose} />;
    case 'edit':
    case 'hold':
    case 'resume':
    case 'cancel':
      return <ChangeDialog act={act} loan={loan} onClose={onClose} />;
  }
}

interface ChangeDialogProps extends ActDialogProps {
  readonly act: 'edit' | 'hold' | 'resume' | 'cancel';
}

/** What the service refuses where a colleague has changed the loan in between. */
function ChangeDialog({ act, loan: { loan_id }, onClose }: ChangeDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/loans/${loan_id}`}
      read={() => client.GET('/api/v1/loans/{loan_id}', { params: { path: { loan_id } } })}
      title={`${t(`loans.actions.${act}`)} · ${loan_id}`}
      onClose={onClose}
    >
      {(editable) =>
        act === 'edit' ? (
          <EditDialog editable={editable} onClose={onClose} />
        ) : (
          <StatusDialog act={act} editable={editable} onClose={onClose} />
        )
      }
    </RecordForm>
  );
}
