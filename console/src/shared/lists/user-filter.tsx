import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { usePermission, useSession } from '../../api/session';
import { ChoiceFilter } from './filters';
import type { ListState } from './list-state';

interface UserFilterProps<Filter extends string> {
  readonly state: ListState<Filter>;
  readonly name: Filter;
  readonly label: string;
}

/** Filters by user. Users without permission to list users can choose only themselves. */
export function UserFilter<Filter extends string>(props: UserFilterProps<Filter>): ReactNode {
  const mayListUsers = usePermission('users:manage');
  return mayListUsers ? <AllUsers {...props} /> : <OwnUser {...props} />;
}

function AllUsers<Filter extends string>(props: UserFilterProps<Filter>): ReactNode {
  const query = { page_size: 500, sort_by: 'name', sort_order: 'asc' } as const;
  const users = api.useQuery('get', '/api/v1/users', { params: { query } });
  const options = (users.data?.items ?? []).map(({ id, name }) => ({ value: `${id}`, label: name }));
  return <ChoiceFilter {...props} options={options} />;
}

function OwnUser<Filter extends string>(props: UserFilterProps<Filter>): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const options = profile === null ? [] : [{ value: `${profile.id}`, label: t('list.me') }];
  return <ChoiceFilter {...props} options={options} />;
}
