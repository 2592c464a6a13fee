import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { driverName } from '../../shared/values/driver';

/** The account of a row of a ledger list */
export type NamedAccount = Pick<
  Schemas['BalanceListItem'],
  'driver_id' | 'lease_id' | 'driver_name' | 'lease_number'
>;

interface AccountLinkProps {
  readonly account: NamedAccount;
  /** For tables: shows the lease below the name */
  readonly isTwoLines?: boolean;
}

/** An account, shown as the name of the driver and the number of the lease. */
export function AccountLink({ account, isTwoLines = false }: AccountLinkProps): ReactNode {
  return (
    <Anchor component={Link} to={`/ledger/accounts/${account.driver_id}/${account.lease_id}`} inherit>
      {account.driver_name} {isTwoLines && <br />}
      <span className="quiet figure">{account.lease_number}</span>
    </Anchor>
  );
}

type NumberedAccount = Pick<NamedAccount, 'driver_id' | 'lease_id'>;

/** The account of a record that has only the ids. Loads both names with the lease. */
export function AccountOf({ record }: { readonly record: NumberedAccount }): ReactNode {
  const { t } = useTranslation();
  const { driver_id, lease_id } = record;
  const lease = api.useQuery('get', '/api/v1/leases/{lease_id}', { params: { path: { lease_id } } });
  const names = {
    driver_name: lease.data ? driverName(lease.data.driver) : t('ledger.account.link'),
    lease_number: lease.data?.lease_number ?? '',
  };
  return <AccountLink account={{ driver_id, lease_id, ...names }} />;
}
