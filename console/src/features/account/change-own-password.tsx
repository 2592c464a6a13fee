import { Button, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../api/auth';
import { PasswordForm } from './password-form';

/** Replaces every page while the user has a password that another user chose. */
export function ChangeOwnPassword(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Container component="main" size={460} py={64}>
      <Paper p="xl">
        <Stack>
          <Title order={1}>{t('account.password.title')}</Title>
          <Text c="dimmed">{t('account.password.mustChange')}</Text>
          <PasswordForm />
          <Button variant="subtle" onClick={() => void signOut().then(() => queries.clear())}>
            {t('user.signOut')}
          </Button>
        </Stack>
      </Paper>
    </Container>
  );
}
