import { createBrowserRouter, type RouteObject } from 'react-router';
import { Layout } from './components/Layout';
import { BookPage } from './pages/BookPage';
import { CatalogPage } from './pages/CatalogPage';
import { NotFoundPage } from './pages/NotFoundPage';

/** The pages where most visits begin are part of the first download; the others are loaded when they are opened. */
const routes: RouteObject[] = [
  {
    element: <Layout />,
    hydrateFallbackElement: <></>,
    children: [
      { path: '/', element: <CatalogPage /> },
      { path: '/books/:bookId', element: <BookPage /> },
      { path: '/cart', lazy: async () => ({ Component: (await import('./pages/CartPage')).CartPage }) },
      { path: '/checkout', lazy: async () => ({ Component: (await import('./pages/CheckoutPage')).CheckoutPage }) },
      { path: '/orders', lazy: async () => ({ Component: (await import('./pages/OrdersPage')).OrdersPage }) },
      { path: '/orders/:orderId', lazy: async () => ({ Component: (await import('./pages/OrderPage')).OrderPage }) },
      { path: '/register', lazy: async () => ({ Component: (await import('./pages/RegisterPage')).RegisterPage }) },
      {
        path: '/register/confirm',
        lazy: async () => ({ Component: (await import('./pages/ConfirmPage')).ConfirmPage }),
      },
      {
        path: '/register/:registrationId',
        lazy: async () => ({
          Component: (await import('./pages/RegistrationStatusPage')).RegistrationStatusPage,
        }),
      },
      { path: '/inventory', lazy: async () => ({ Component: (await import('./pages/InventoryPage')).InventoryPage }) },
      {
        path: '/registrations',
        lazy: async () => ({ Component: (await import('./pages/RegistrationsPage')).RegistrationsPage }),
      },
      { path: '/dashboard', lazy: async () => ({ Component: (await import('./pages/DashboardPage')).DashboardPage }) },
      { path: '/mails', lazy: async () => ({ Component: (await import('./pages/MailsPage')).MailsPage }) },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
