import { createBrowserRouter, type RouteObject } from 'react-router';
import { Layout } from './components/Layout';
import { BookPage } from './pages/BookPage';
import { CartPage } from './pages/CartPage';
import { CatalogPage } from './pages/CatalogPage';
import { CheckoutPage } from './pages/CheckoutPage';
import { ConfirmPage } from './pages/ConfirmPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { OrderPage } from './pages/OrderPage';
import { OrdersPage } from './pages/OrdersPage';
import { RegisterPage } from './pages/RegisterPage';
import { RegistrationStatusPage } from './pages/RegistrationStatusPage';

const routes: RouteObject[] = [
  {
    element: <Layout />,
    hydrateFallbackElement: <></>,
    children: [
      { path: '/', element: <CatalogPage /> },
      { path: '/books/:bookId', element: <BookPage /> },
      { path: '/cart', element: <CartPage /> },
      { path: '/checkout', element: <CheckoutPage /> },
      { path: '/orders', element: <OrdersPage /> },
      { path: '/orders/:orderId', element: <OrderPage /> },
      { path: '/register', element: <RegisterPage /> },
      { path: '/register/confirm', element: <ConfirmPage /> },
      { path: '/register/:registrationId', element: <RegistrationStatusPage /> },
      // Pages for staff and administrators are loaded when they are opened.
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
