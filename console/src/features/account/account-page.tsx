import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../api/auth';
import { useSession } from '../../api/session';
import { DetailList } from '../../shared/values/detail-list';
import { PageHeader } from '../../shared/page/page-header';
import { ProblemAlert } from '../../shared/page/problem-alert';
import { permissionLabel } from '../../shared/values/permission-label';
import { PasswordForm } from './password-form';

export function AccountPage(): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const signingOut = useMutation({ mutationFn: () => signOut(true) });
  if (!profile) return null;
  return (
    <div>
      <PageHeader title={t('account.title')} description={profile.email} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper p="lg">
          <Title order={2} mb="md">
            {t('account.password.title')}
          </Title>
          <PasswordForm />
        </Paper>
        <Stack gap="lg">
          <Paper p="lg">
            <DetailList
              details={[
                { label: t('users.name'), value: profile.name },
                { label: t('account.roles'), value: profile.roles.join(', ') },
                {
                  label: t('account.permissions'),
                  value: profile.permissions.map((code) => permissionLabel(t, code)).join(', '),
                },
              ]}
            />
          </Paper>
          <Paper p="lg">
            <Title order={2}>{t('account.everywhere.title')}</Title>
            <Text size="sm" c="dimmed" my="sm">
              {t('account.everywhere.text')}
            </Text>
            {signingOut.error && <ProblemAlert error={signingOut.error} />}
            <Button variant="default" loading={signingOut.isPending} onClick={() => signingOut.mutate()}>
              {t('account.everywhere.submit')}
            </Button>
          </Paper>
        </Stack>
      </SimpleGrid>
    </div>
  );
}
