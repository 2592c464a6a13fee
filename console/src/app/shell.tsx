import { AppShell, Burger, Group, LoadingOverlay, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { useSession } from '../api/session';
import { ChangeOwnPassword } from '../pages/account/change-own-password';
import { SignInPage } from '../pages/account/sign-in-page';
import { tellTimesIn } from '../i18n';
import { usePostingTimetable } from '../shared/use-business-date';
import { dropDraftOfOthers } from '../pages/loans/new/kept-draft';
import { GlobalSearch } from './global-search';
import { IdleWatch } from './idle-watch';
import { MainMenu } from './main-menu';
import classes from './shell.module.css';
import { UserMenu } from './user-menu';

/**
 * The frame around every page. Without a session the sign-in form stands in its place at the same address, so whoever signs
 * in is where they wanted to be.
 */
export function Shell(): ReactNode {
  const session = useSession();
  if (session.status === 'restoring') return <LoadingOverlay visible />;
  if (session.status !== 'signed-in') return <SignInPage hasExpired={session.status === 'expired'} />;
  if (session.profile.must_change_password) return <ChangeOwnPassword />;
  return <Frame />;
}

function Frame(): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigation = useNavigation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { profile } = useSession();
  const { isPending, data: timetable } = usePostingTimetable();
  if (timetable) tellTimesIn(timetable.time_zone);

  useEffect(() => {
    if (profile) dropDraftOfOthers(profile.id);
  }, [profile]);
  useEffect(() => {
    close();
    window.scrollTo(0, 0);
  }, [pathname, close]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger
              hiddenFrom="md"
              size="sm"
              opened={isOpen}
              onClick={toggle}
              aria-label={t(isOpen ? 'menu.close' : 'menu.open')}
            />
            <Link to="/" className={classes.brand} aria-label={t('app.name')}>
              <img src="/console/favicon.svg" alt="" width={26} height={26} />
              <span>{t('app.name')}</span>
            </Link>
          </Group>
          <GlobalSearch />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} component="div">
        <ScrollArea type="auto">
          <MainMenu />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main
        id="content"
        tabIndex={-1}
        className={classes.main}
        aria-busy={navigation.state !== 'idle'}
      >
        {/* pages say times, so they wait for the time zone */}
        <Suspense>{!isPending && <Outlet />}</Suspense>
      </AppShell.Main>
      <IdleWatch />
    </AppShell>
  );
}
