import { Button, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../api/session';
import { formatCount, formatInstant } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { ChoiceFilter, TextFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { PageHeader } from '../../shared/page/page-header';
import { EditUserDialog } from './edit-user-dialog';
import { NewUserDialog } from './new-user-dialog';
import type { User } from './roles-field';
import { ROLES } from './roles-field';
import { UserActions } from './user-actions';

const LIST = { filters: ['q', 'role', 'active'], sort: ['name', 'asc'] } as const;

export function UsersPage(): ReactNode {
  return usePermission('users:manage') ? <Users /> : <NotAllowedPage permissions={['users:manage']} />;
}

function Users(): ReactNode {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const close = (): void => setEdited(null);
  return (
    <ResourceListPage
      path="/api/v1/users"
      options={LIST}
      name="users"
      caption={t('users.title')}
      empty={t('users.none')}
      columns={() => columnsOf(t, setEdited)}
      rowKey={({ id }) => id}
      rowTone={({ active }) => (active ? undefined : 'quiet')}
      filters={(state) => <Filters state={state} />}
      header={
        <PageHeader
          title={t('users.title')}
          description={t('users.description')}
          actions={<Button onClick={() => setEdited('new')}>{t('users.add')}</Button>}
        />
      }
    >
      {() => (
        <>
          {edited === 'new' && <NewUserDialog onClose={close} />}
          {edited !== null && edited !== 'new' && <EditUserDialog id={edited.id} onClose={close} />}
        </>
      )}
    </ResourceListPage>
  );
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
}

function Filters({ state }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <TextFilter state={state} name="q" label={t('list.search')} placeholder={t('users.search')} />
      <ChoiceFilter
        state={state}
        name="role"
        label={t('users.role')}
        options={ROLES.map((value) => ({ value, label: t(`users.roleNames.${value}`) }))}
      />
      <ChoiceFilter
        state={state}
        name="active"
        label={t('field.status')}
        options={[
          { value: 'true', label: t('users.active') },
          { value: 'false', label: t('users.inactive') },
        ]}
      />
    </>
  );
}

function columnsOf(t: TFunction, edit: (user: User) => void): readonly Column<User>[] {
  return [
    { key: 'name', title: t('users.name'), sort: 'name', render: ({ name }) => <b>{name}</b> },
    { key: 'email', title: t('users.email'), sort: 'email', from: 'sm', render: ({ email }) => email },
    {
      key: 'roles',
      title: t('users.roles'),
      render: ({ roles }) => roles.map((role) => t(`users.roleNames.${role}`)).join(', '),
    },
    {
      key: 'status',
      title: t('field.status'),
      render: ({ active, locked_until: until }) => (
        <>
          {t(active ? 'users.active' : 'users.inactive')}
          {until !== null && (
            <Text size="xs" c="dimmed">
              {t('users.locked', { at: formatInstant(until) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'sessions',
      title: t('users.sessions'),
      numeric: true,
      from: 'sm',
      render: ({ active_sessions }) => formatCount(active_sessions),
    },
    {
      key: 'actions',
      title: '',
      numeric: true,
      render: (user) => <UserActions user={user} onEdit={() => edit(user)} />,
    },
  ];
}
