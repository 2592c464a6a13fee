import { AppShell, Burger, Group, LoadingOverlay, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import type { Profile } from '../api/session';
import { useSession } from '../api/session';
import { useDraftsOf } from '../shared/forms/draft';
import { lazyComponent } from '../shared/lazy-component';
import { showTimeZone } from '../shared/time-zone';
import { GlobalSearch } from './search/global-search';
import { MainMenu } from './main-menu';
import classes from './shell.module.css';
import { useIdleTimeout } from './use-idle-timeout';
import { UserMenu } from './user-menu';

const signInPage = lazyComponent(async () => (await import('../features/account/sign-in-page')).SignInPage);
const changeOwnPassword = lazyComponent(
  async () => (await import('../features/account/change-own-password')).ChangeOwnPassword,
);
const idleWarning = lazyComponent(async () => (await import('./idle-warning')).IdleWarning);

/**
 * The frame around every page. Without a session it shows the sign-in form at the same address, so that the user is on the
 * requested page after signing in.
 */
export function Shell(): ReactNode {
  return (
    <>
      <Notifications position="bottom-right" limit={3} />
      <Suspense fallback={<LoadingOverlay visible />}>
        <SessionContent />
      </Suspense>
    </>
  );
}

function SessionContent(): ReactNode {
  const session = useSession();
  signInPage.usePreload();
  if (session.status === 'restoring') return <LoadingOverlay visible />;
  if (session.status !== 'signed-in') {
    return <signInPage.Component hasExpired={session.status === 'expired'} />;
  }
  if (session.profile.must_change_password) return <changeOwnPassword.Component />;
  return <Frame profile={session.profile} />;
}

function Frame({ profile }: { readonly profile: Profile }): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigation = useNavigation();
  const [isOpen, { toggle, close }] = useDisclosure();
  // before the first page renders an instant
  showTimeZone(profile.time_zone);

  useDraftsOf(profile.id);
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
        <Header isMenuOpen={isOpen} onToggleMenu={toggle} />
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
        <Suspense>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <IdleTimeout />
    </AppShell>
  );
}

function IdleTimeout(): ReactNode {
  const { secondsLeft, stay } = useIdleTimeout();
  // the dialog remains mounted after closing, so that it returns the focus
  const [isMounted, setMounted] = useState(false);
  if (secondsLeft !== null && !isMounted) setMounted(true);
  idleWarning.usePreload();
  return (
    isMounted && (
      <Suspense>
        <idleWarning.Component secondsLeft={secondsLeft} onStay={stay} />
      </Suspense>
    )
  );
}

interface HeaderProps {
  readonly isMenuOpen: boolean;
  readonly onToggleMenu: () => void;
}

function Header({ isMenuOpen, onToggleMenu }: HeaderProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap">
        <Burger
          hiddenFrom="md"
          size="sm"
          opened={isMenuOpen}
          onClick={onToggleMenu}
          aria-label={t(isMenuOpen ? 'menu.close' : 'menu.open')}
        />
        <Link to="/" className={classes.brand} aria-label={t('app.name')}>
          <img src="/console/favicon.svg" alt="" width={26} height={26} />
          <span>{t('app.name')}</span>
        </Link>
      </Group>
      <GlobalSearch />
      <UserMenu />
    </Group>
  );
}
