import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { createBrowserRouter } from 'react-router';
import { CrashPage, NotFoundPage } from './error-pages';
import { Shell } from './shell';

/** A chunk of its own, fetched when somebody first opens the screen. */
const screen = (path: string, load: () => Promise<ComponentType>): RouteObject => ({
  path,
  lazy: async () => ({ Component: await load() }),
});

const SCREENS: readonly RouteObject[] = [
  screen('', async () => (await import('../pages/dashboard/dashboard-page')).DashboardPage),
  screen('loans', async () => (await import('../pages/loans/loans-page')).LoansPage),
  screen('loans/new', async () => (await import('../pages/loans/new/new-loan-page')).NewLoanPage),
  screen('loans/import', async () => (await import('../pages/imports/import-page')).LoanImportPage),
  screen('loans/aging', async () => (await import('../pages/loans/aging-page')).AgingPage),
  screen('loans/:loanId', async () => (await import('../pages/loans/loan/loan-page')).LoanPage),
  screen('posting', async () => (await import('../pages/posting/unposted-page')).UnpostedPage),
  screen('posting/runs', async () => (await import('../pages/posting/runs-page')).RunsPage),
  screen('posting/runs/:runId', async () => (await import('../pages/posting/run-page')).RunPage),
  screen('ledger', async () => (await import('../pages/ledger/balances-page')).BalancesPage),
  screen(
    'ledger/balances/:balanceId',
    async () => (await import('../pages/ledger/balance-page')).BalancePage,
  ),
  screen('ledger/postings', async () => (await import('../pages/ledger/postings-page')).PostingsPage),
  screen(
    'ledger/postings/:postingId',
    async () => (await import('../pages/ledger/posting-page')).PostingPage,
  ),
  screen('ledger/receipts', async () => (await import('../pages/ledger/receipts-page')).ReceiptsPage),
  screen('ledger/credits', async () => (await import('../pages/ledger/credits-page')).CreditsPage),
  screen('ledger/verify', async () => (await import('../pages/ledger/verify-page')).VerifyPage),
  screen(
    'ledger/accounts/:driverId/:leaseId',
    async () => (await import('../pages/ledger/account-page')).AccountPage,
  ),
  screen(
    'ledger/accounts/:driverId/:leaseId/statement',
    async () => (await import('../pages/ledger/statement-page')).StatementPage,
  ),
  screen(
    'ledger/accounts/:driverId/:leaseId/postings',
    async () => (await import('../pages/ledger/postings-page')).AccountPostingsPage,
  ),
  screen(
    'ledger/accounts/:driverId/:leaseId/pay',
    async () => (await import('../pages/ledger/pay-page')).PayPage,
  ),
  screen('drivers', async () => (await import('../pages/people/drivers-page')).DriversPage),
  screen('drivers/import', async () => (await import('../pages/imports/import-page')).DriverImportPage),
  screen('drivers/:driverId', async () => (await import('../pages/people/driver-page')).DriverPage),
  screen('leases', async () => (await import('../pages/people/leases-page')).LeasesPage),
  screen('leases/import', async () => (await import('../pages/imports/import-page')).LeaseImportPage),
  screen('leases/:leaseId', async () => (await import('../pages/people/lease-page')).LeasePage),
  screen('users', async () => (await import('../pages/people/users-page')).UsersPage),
  screen('audit', async () => (await import('../pages/people/audit-page')).AuditPage),
  screen('account', async () => (await import('../pages/account/account-page')).AccountPage),
];

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Shell />,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <></>,
      children: [
        { errorElement: <CrashPage />, children: [...SCREENS, { path: '*', element: <NotFoundPage /> }] },
      ],
    },
  ],
  { basename: '/console' },
);
