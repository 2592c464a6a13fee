import { Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { FormDialog } from '../../shared/forms/form-dialog';
import { Field } from '../../shared/forms/form-errors';
import type { Editable } from '../../shared/forms/record-form';
import { RecordForm, useEditedField } from '../../shared/forms/record-form';
import { useWrite } from '../../shared/forms/use-write';
import type { Role, User } from './roles-field';
import { RolesField } from './roles-field';

interface EditUserDialogProps {
  readonly id: number;
  readonly onClose: () => void;
}

export function EditUserDialog({ id, onClose }: EditUserDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <RecordForm
      address={`/api/v1/users/${id}`}
      read={() => client.GET('/api/v1/users/{user_id}', { params: { path: { user_id: id } } })}
      title={t('users.edit')}
      onClose={onClose}
    >
      {(editable) => <EditForm editable={editable} onClose={onClose} />}
    </RecordForm>
  );
}

interface EditFormProps {
  readonly editable: Editable<User>;
  readonly onClose: () => void;
}

function EditForm({ editable, onClose }: EditFormProps): ReactNode {
  const { t } = useTranslation();
  const { record: user, tag, reload } = editable;
  const name = useEditedField(editable, 'name', user.name);
  const roles = useEditedField<readonly Role[]>(editable, 'roles', user.roles);
  const active = useEditedField(editable, 'active', user.active);
  const saving = useWrite(
    (body: Schemas['UpdateUserDto']) =>
      client.PATCH('/api/v1/users/{user_id}', {
        params: { path: { user_id: user.id }, header: { 'If-Match': tag } },
        body,
      }),
    { successMessage: (saved) => t('users.saved', { name: saved.name }), onSuccess: onClose },
  );
  return (
    <FormDialog
      title={`${t('users.edit')} · ${user.email}`}
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
          label={t('users.name')}
          required
          description={name.savedMeanwhile}
          value={name.value}
          onChange={(event) => name.set(event.currentTarget.value)}
        />
      </Field>
      <Field of="roles" label={t('users.roles')}>
        <RolesField roles={roles.value} onChange={roles.set} />
      </Field>
      <Switch
        label={t('users.active')}
        checked={active.value}
        onChange={(event) => active.set(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}

/** Only the changed fields: the service rejects the user's own roles, even unchanged. */
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
