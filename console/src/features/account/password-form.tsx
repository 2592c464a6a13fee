import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../api/auth';
import { asProblem } from '../../api/problem';
import { notify } from '../../shared/page/notify';
import { ProblemAlert } from '../../shared/page/problem-alert';
import { Field, FormScope } from '../../shared/forms/form-errors';

const EMPTY = { current: '', next: '', repeat: '' };

export function PasswordForm(): ReactNode {
  const { t } = useTranslation();
  const [values, setValues] = useState(EMPTY);
  const [differs, setDiffers] = useState(false);
  const changing = useMutation({
    mutationFn: () => changePassword(values.current, values.next),
    onSuccess: () => {
      setValues(EMPTY);
      notify(t('write.done'), t('account.password.done'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isTyped = values.next === values.repeat;
    setDiffers(!isTyped);
    if (isTyped && !changing.isPending) changing.mutate();
  };
  const field = (name: keyof typeof EMPTY) => ({
    required: true,
    withAsterisk: false,
    value: values[name],
    autoComplete: name === 'current' ? 'current-password' : 'new-password',
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  const refusal = changing.error && asProblem(changing.error);
  return (
    <FormScope>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {refusal && <ProblemAlert error={refusal} />}
          <Field of="current_password">
            <PasswordInput label={t('account.password.current')} {...field('current')} />
          </Field>
          <Field of="new_password">
            <PasswordInput
              label={t('account.password.next')}
              description={t('account.password.nextHint')}
              {...field('next')}
            />
          </Field>
          <PasswordInput
            label={t('account.password.repeat')}
            error={differs && t('account.password.differs')}
            {...field('repeat')}
          />
          <Button type="submit" loading={changing.isPending}>
            {t('account.password.submit')}
          </Button>
        </Stack>
      </form>
    </FormScope>
  );
}
