import { PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import { FormDialog } from '../../shared/forms/form-dialog';
import { Field } from '../../shared/forms/form-errors';
import { useWrite } from '../../shared/forms/use-write';
import type { Role } from './roles-field';
import { RolesField } from './roles-field';

export function NewUserDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const [roles, setRoles] = useState<readonly Role[]>(['FINANCE']);
  const adding = useWrite(
    // no idempotency key: passwords are not stored with one, and the unique e-mail prevents a second user
    (body: Schemas['CreateUserDto']) => client.POST('/api/v1/users', { body }),
    { successMessage: ({ name }) => t('users.added', { name }), onSuccess: onClose },
  );
  const field = (name: keyof typeof values) => ({
    required: true,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <FormDialog
      title={t('users.add')}
      onClose={onClose}
      onSubmit={() => adding.mutate({ ...values, roles: [...roles] })}
      submitLabel={t('users.add')}
      canSubmit={roles.length > 0}
      isSending={adding.isPending}
      error={adding.error}
    >
      <Field of="name">
        <TextInput data-autofocus label={t('users.name')} {...field('name')} />
      </Field>
      <Field of="email">
        <TextInput label={t('users.email')} type="email" {...field('email')} />
      </Field>
      <Field of="password">
        <PasswordInput
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          {...field('password')}
        />
      </Field>
      <Field of="roles" label={t('users.roles')}>
        <RolesField roles={roles} onChange={setRoles} />
      </Field>
    </FormDialog>
  );
}
