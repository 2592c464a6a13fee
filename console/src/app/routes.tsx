import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { createBrowserRouter } from 'react-router';
import { CrashPage, NotFoundPage } from '../shared/page/error-pages';
import { Shell } from './shell';

/** A page in its own chunk, which is loaded when the page is opened for the first time. */
const page = (path: string, load: () => Promise<ComponentType>): RouteObject => ({
  path,
  lazy: async () => ({ Component: await load() }),
});

const PAGES: readonly RouteObject[] = [
  page('', async () => (await import('../features/dashboard/dashboard-page')).DashboardPage),
  page('loans', async () => (await import('../features/loans/loans-page')).LoansPage),
  page('loans/new', async () => (await import('../features/loans/new/new-loan-page')).NewLoanPage),
  page('loans/import', async () => (await import('../features/imports/import-page')).LoanImportPage),
  page('loans/aging', async () => (await import('../features/loans/aging-page')).AgingPage),
  page(
    'loans/installments/:installmentId',
    async () => (await import('../features/loans/installment-page')).InstallmentPage,
  ),
  page('loans/:loanId', async () => (await import('../features/loans/detail/loan-page')).LoanPage),
  page('posting', async () => (await import('../features/posting/unposted-page')).UnpostedPage),
  page('posting/runs', async () => (await import('../features/posting/runs-page')).RunsPage),
  page('posting/runs/:runId', async () => (await import('../features/posting/run-page')).RunPage),
  page('settlement', async () => (await import('../features/settlement/runs-page')).RunsPage),
  page('settlement/new', async () => (await import('../features/settlement/new-run-page')).NewRunPage),
  page('settlement/:runId', async () => (await import('../features/settlement/run-page')).RunPage),
  page('ledger/import', async () => (await import('../features/imports/import-page')).ChargeImportPage),
  page('ledger', async () => (await import('../features/ledger/balances/balances-page')).BalancesPage),
  page(
    'ledger/balances/:balanceId',
    async () => (await import('../features/ledger/balances/balance-page')).BalancePage,
  ),
  page(
    'ledger/postings',
    async () => (await import('../features/ledger/postings/postings-page')).PostingsPage,
  ),
  page(
    'ledger/postings/:postingId',
    async () => (await import('../features/ledger/postings/posting-page')).PostingPage,
  ),
  page(
    'ledger/receipts',
    async () => (await import('../features/ledger/reports/receipts-page')).ReceiptsPage,
  ),
  page('ledger/credits', async () => (await import('../features/ledger/credits/credits-page')).CreditsPage),
  page('ledger/verify', async () => (await import('../features/ledger/reports/verify-page')).VerifyPage),
  page(
    'ledger/accounts/:driverId/:leaseId',
    async () => (await import('../features/ledger/account/account-page')).AccountPage,
  ),
  page(
    'ledger/accounts/:driverId/:leaseId/statement',
    async () => (await import('../features/ledger/account/statement-page')).StatementPage,
  ),
  page(
    'ledger/accounts/:driverId/:leaseId/postings',
    async () => (await import('../features/ledger/postings/postings-page')).AccountPostingsPage,
  ),
  page(
    'ledger/accounts/:driverId/:leaseId/pay',
    async () => (await import('../features/ledger/payments/pay-page')).PayPage,
  ),
  page('drivers', async () => (await import('../features/drivers/drivers-page')).DriversPage),
  page('drivers/import', async () => (await import('../features/imports/import-page')).DriverImportPage),
  page('drivers/:driverId', async () => (await import('../features/drivers/driver-page')).DriverPage),
  page('leases', async () => (await import('../features/leases/leases-page')).LeasesPage),
  page('leases/import', async () => (await import('../features/imports/import-page')).LeaseImportPage),
  page('leases/:leaseId', async () => (await import('../features/leases/lease-page')).LeasePage),
  page('users', async () => (await import('../features/users/users-page')).UsersPage),
  page('audit', async () => (await import('../features/audit/audit-page')).AuditPage),
  page('account', async () => (await import('../features/account/account-page')).AccountPage),
];

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Shell />,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <></>,
      children: [
        { errorElement: <CrashPage />, children: [...PAGES, { path: '*', element: <NotFoundPage /> }] },
      ],
    },
  ],
  { basename: '/console' },
);
