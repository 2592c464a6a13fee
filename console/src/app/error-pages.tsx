import { Button, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" py="xl">
      <Title order={1}>{t('state.notFound')}</Title>
      <Text c="dimmed">{t('state.notFoundText')}</Text>
      <Button component={Link} to="/">
        {t('state.home')}
      </Button>
    </Stack>
  );
}

/** A fault of ours while a page was drawn, or a chunk of an older build that is gone: loading the page again helps both. */
export function CrashPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" p="xl" role="alert">
      <Title order={1}>{t('state.crashed')}</Title>
      <Text c="dimmed">{t('state.crashedText')}</Text>
      <Button onClick={() => window.location.reload()}>{t('state.retry')}</Button>
    </Stack>
  );
}

/** In the place of a page that the user's roles do not open. The API refuses its data as well. */
export function NotAllowedPage({ permissions }: { readonly permissions: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm" py="xl">
      <Title order={1}>{t('state.notAllowed')}</Title>
      <Text c="dimmed">{t('state.notAllowedText', { permissions: permissions.join(', ') })}</Text>
    </Stack>
  );
}
