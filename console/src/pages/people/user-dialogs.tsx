import { Checkbox, Group, PasswordInput, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useWrite } from '../../api/write';
import { FormDialog } from '../../shared/form-dialog';
import type { Editable } from '../../shared/record-form';
import { RecordForm, useTyped } from '../../shared/record-form';
import { Field } from '../../shared/form-refusals';

export type User = Schemas['UserResponse'];
type Role = User['roles'][number];

export const ROLES: readonly Role[] = ['FINANCE', 'MANAGER', 'ADMIN'];

export function NewUserDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const [roles, setRoles] = useState<readonly Role[]>(['FINANCE']);
  const adding = useWrite(
    // the e-mail is unique, and a password is kept under no key: a second try is refused by itself
    (body: Schemas['CreateUserDto']) => client.POST('/api/v1/users', { body }),
    { done: ({ name }) => t('people.users.added', { name }), onDone: onClose },
  );
  const field = (name: keyof typeof values) => ({
    required: true,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <FormDialog
      title={t('people.users.add')}
      onClose={onClose}
      onSubmit={() => adding.mutate({ ...values, roles: [...roles] })}
      submitLabel={t('people.users.add')}
      canSubmit={roles.length > 0}
      isSending={adding.isPending}
      error={adding.error}
    >
      <Field of="name">
        <TextInput data-autofocus label={t('people.users.name')} {...field('name')} />
      </Field>
      <Field of="email">
        <TextInput label={t('people.users.email')} type="email" {...field('email')} />
      </Field>
      <Field of="password">
        <PasswordInput
          label={t('people.users.password')}
          description={t('people.users.passwordHint')}
          autoComplete="new-password"
          {...field('password')}
        />
      </Field>
      <Field of="roles" label={t('people.users.roles')}>
        <RolesChoice roles={roles} onChange={setRoles} />
      </Field>
    </FormDialog>
  );
}

interface UserChangesDialogProps {
  readonly id: number;
  readonly onClose: () => void;
}

export function UserChangesDialog({ id, onClose }: UserChangesDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/users/${id}`}
      read={() => client.GET('/api/v1/users/{user_id}', { params: { path: { user_id: id } } })}
      title={t('people.users.edit')}
      onClose={onClose}
    >
      {(editable) => <ChangesForm editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface ChangesFormProps {
  readonly editable: Editable<User>;
  readonly onClose: () => void;
}

function ChangesForm({ editable, onClose }: ChangesFormProps): ReactNode {
  const { t } = useTranslation();
  const { record: user, tag, reload } = editable;
  const name = useTyped(editable, 'name', user.name);
  const roles = useTyped<readonly Role[]>(editable, 'roles', user.roles);
  const active = useTyped(editable, 'active', user.active);
  const saving = useWrite(
    (body: Schemas['UpdateUserDto']) =>
      client.PATCH('/api/v1/users/{user_id}', {
        params: { path: { user_id: user.id }, header: { 'If-Match': tag } },
        body,
      }),
    { done: (saved) => t('people.users.saved', { name: saved.name }), onDone: onClose },
  );
  return (
    <FormDialog
      title={`${t('people.users.edit')} · ${user.email}`}
      onClose={onClose}
      onSubmit={() =>
        saving.mutate(changesOf(user, { name: name.value, roles: roles.value, active: active.value }))
      }
      submitLabel={t('write.save')}
      canSubmit={roles.value.length > 0}
      isSending={saving.isPending}
      error={saving.error}
      onReload={reload}
    >
      <Field of="name">
        <TextInput
          data-autofocus
          label={t('people.users.name')}
          required
          description={name.meanwhile}
          value={name.value}
          onChange={(event) => name.set(event.currentTarget.value)}
        />
      </Field>
      <Field of="roles" label={t('people.users.roles')}>
        <RolesChoice roles={roles.value} onChange={roles.set} />
      </Field>
      <Switch
        label={t('people.users.active')}
        checked={active.value}
        onChange={(event) => active.set(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}

/** Only what differs: one's own roles may be sent by nobody, not even unchanged. */
function changesOf(
  user: User,
  next: { readonly name: string; readonly roles: readonly Role[]; readonly active: boolean },
): Schemas['UpdateUserDto'] {
  const sameRoles = [...user.roles].sort().join() === [...next.roles].sort().join();
  return {
    ...(next.name === user.name ? {} : { name: next.name }),
    ...(sameRoles ? {} : { roles: [...next.roles] }),
    ...(next.active === user.active ? {} : { active: next.active }),
  };
}

interface RolesChoiceProps {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  readonly error?: ReactNode;
}

function RolesChoice({ roles, onChange, error }: RolesChoiceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('people.users.roles')}
      error={error}
      value={[...roles]}
      onChange={(chosen) => onChange(ROLES.filter((role) => chosen.includes(role)))}
    >
      <Group mt={4}>
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={t(`people.users.roleNames.${role}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
