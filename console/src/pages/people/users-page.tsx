import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../api/client';
import { usePermission } from '../../api/session';
import { useWrite } from '../../api/write';
import { NotAllowedPage } from '../../app/error-pages';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { ChoiceFilter, TextFilter } from '../../shared/filters';
import { formatCount, formatInstant } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import type { User } from './user-dialogs';
import { NewUserDialog, ROLES, UserChangesDialog } from './user-dialogs';

const LIST = { filters: ['q', 'role', 'active'], sort: ['name', 'asc'] } as const;

export function UsersPage(): ReactNode {
  return usePermission('users:manage') ? <Users /> : <NotAllowedPage permissions={['users:manage']} />;
}

function Users(): ReactNode {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const state = useListState(LIST);
  const query = listQuery(state);
  const users = api.useQuery(
    'get',
    '/api/v1/users',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const columns = useMemo(() => columnsOf(t, setEdited), [t]);
  const close = (): void => setEdited(null);
  return (
    <div>
      <PageHeader
        title={t('people.users.title')}
        lead={t('people.users.lead')}
        actions={<Button onClick={() => setEdited('new')}>{t('people.users.add')}</Button>}
      />
      <DataList
        name="users"
        caption={t('people.users.title')}
        columns={columns}
        state={state}
        query={users}
        rowKey={({ id }) => id}
        rowTone={({ active }) => (active ? undefined : 'quiet')}
        empty={t('people.users.none')}
        filters={
          <>
            <TextFilter
              state={state}
              name="q"
              label={t('list.search')}
              placeholder={t('people.users.search')}
            />
            <ChoiceFilter
              state={state}
              name="role"
              label={t('people.users.role')}
              options={ROLES.map((value) => ({ value, label: t(`people.users.roleNames.${value}`) }))}
            />
            <ChoiceFilter
              state={state}
              name="active"
              label={t('field.status')}
              options={[
                { value: 'true', label: t('people.users.active') },
                { value: 'false', label: t('people.users.inactive') },
              ]}
            />
          </>
        }
      />
      {edited === 'new' && <NewUserDialog onClose={close} />}
      {edited !== null && edited !== 'new' && <UserChangesDialog id={edited.id} onClose={close} />}
    </div>
  );
}

function columnsOf(t: TFunction, edit: (user: User) => void): readonly Column<User>[] {
  return [
    { key: 'name', title: t('people.users.name'), sort: 'name', render: ({ name }) => <b>{name}</b> },
    { key: 'email', title: t('people.users.email'), sort: 'email', from: 'sm', render: ({ email }) => email },
    {
      key: 'roles',
      title: t('people.users.roles'),
      render: ({ roles }) => roles.map((role) => t(`people.users.roleNames.${role}`)).join(', '),
    },
    {
      key: 'status',
      title: t('field.status'),
      render: ({ active, locked_until: until }) => (
        <>
          {t(active ? 'people.users.active' : 'people.users.inactive')}
          {until !== null && (
            <Text size="xs" c="dimmed">
              {t('people.users.locked', { at: formatInstant(until) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'sessions',
      title: t('people.users.sessions'),
      numeric: true,
      from: 'sm',
      render: ({ active_sessions }) => formatCount(active_sessions),
    },
    {
      key: 'acts',
      title: '',
      numeric: true,
      render: (user) => <UserActs user={user} onEdit={() => edit(user)} />,
    },
  ];
}

function UserActs({ user, onEdit }: { readonly user: User; readonly onEdit: () => void }): ReactNode {
  const { t } = useTranslation();
  const { name } = user;
  const path = { user_id: user.id };
  const unlocking = useWrite(
    (_: null, key) =>
      client.POST('/api/v1/users/{user_id}/unlock', {
        params: { path, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    { done: () => t('people.users.acts.unlocked', { name }) },
  );
  const endingSessions = useWrite(
    (_: null, key) =>
      client.POST('/api/v1/users/{user_id}/logout', {
        params: { path, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    { done: () => t('people.users.acts.loggedOut', { name }) },
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('people.users.acts.menu', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('people.users.acts.edit')}</Menu.Item>
        <Menu.Item disabled={user.locked_until === null} onClick={() => unlocking.mutate(null)}>
          {t('people.users.acts.unlock')}
        </Menu.Item>
        <Menu.Item disabled={user.active_sessions === 0} onClick={() => endingSessions.mutate(null)}>
          {t('people.users.acts.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
