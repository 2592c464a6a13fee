import { ActionIcon, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut } from '../api/auth';
import { asProblem } from '../api/problem';
import { useSession } from '../api/session';
import { notifyError } from '../shared/page/notify';
import { useProblemText } from '../shared/page/problem-alert';

export function UserMenu(): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const problemText = useProblemText();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const signingOut = useMutation({
    mutationFn: () => signOut(),
    onError: (error) => notifyError(problemText(asProblem(error))),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('user.menu', { name: profile?.name ?? '' })}
        >
          <IconUserCircle size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={6}>
          {profile?.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb={6}>
          {profile?.email}
          <br />
          {profile?.roles.join(', ')}
        </Text>
        <Menu.Divider />
        <Menu.Item
          leftSection={isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
          onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
        >
          {t(isDark ? 'user.light' : 'user.dark')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />}>
          {t('user.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signingOut.mutate()}>
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
