import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../../api/auth';
import { ProblemAlert } from '../../shared/page/problem-alert';
import classes from './sign-in.module.css';

export function SignInPage({ hasExpired }: { readonly hasExpired: boolean }): ReactNode {
  const { t } = useTranslation();
  const signingIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
  });
  const queries = useQueryClient();
  // the next user must not see cached data of this one, however the session ended
  useEffect(() => queries.clear(), [queries]);
  useEffect(() => {
    document.title = `${t('account.signIn.title')} · ${t('app.name')}`;
  }, [t]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signingIn.mutate({ email: text(form.get('email')), password: text(form.get('password')) });
  };
  return (
    <main className={classes.page}>
      <Paper className={classes.card} component="form" onSubmit={submit} shadow="sm">
        <Stack gap="md">
          <div>
            <img src="/console/favicon.svg" alt="" width={36} height={36} />
            <Title order={1} mt="sm">
              {t('app.name')}
            </Title>
            <Text c="dimmed" size="sm">
              {t('account.signIn.description')}
            </Text>
          </div>
          {hasExpired && !signingIn.error && (
            <Alert variant="outline" color="gray" role="status" c="var(--console-text)">
              {t('account.signIn.expired')}
            </Alert>
          )}
          {signingIn.error && <ProblemAlert error={signingIn.error} title={t('account.signIn.failed')} />}
          <TextInput
            name="email"
            type="email"
            label={t('account.signIn.email')}
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
          />
          <PasswordInput
            name="password"
            label={t('account.signIn.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <Button type="submit" size="md" loading={signingIn.isPending}>
            {t('account.signIn.submit')}
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}

const text = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
