import { createBrowserRouter } from 'react-router';
import { CrashPage, NotFoundPage } from './error-pages';
import { Shell } from './shell';

/** Every screen is a chunk of its own, fetched when somebody first opens it. */
export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Shell />,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <CrashPage />,
          children: [
            {
              index: true,
              lazy: async () => ({
                Component: (await import('../pages/dashboard/dashboard-page')).DashboardPage,
              }),
            },
            {
              path: 'loans',
              lazy: async () => ({ Component: (await import('../pages/loans/loans-page')).LoansPage }),
            },
            {
              path: 'loans/new',
              lazy: async () => ({
                Component: (await import('../pages/loans/new/new-loan-page')).NewLoanPage,
              }),
            },
            {
              path: 'loans/:loanId',
              lazy: async () => ({ Component: (await import('../pages/loans/loan/loan-page')).LoanPage }),
            },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
