import { lazy } from 'react';
import { useRoutes, type RouteObject } from 'react-router';
import { Layout } from './components/Layout';
import { BookPage } from './pages/BookPage';
import { CatalogPage } from './pages/CatalogPage';
import { NotFoundPage } from './pages/NotFoundPage';

const CartPage = lazy(async () => ({ default: (await import('./pages/CartPage')).CartPage }));
const CheckoutPage = lazy(async () => ({ default: (await import('./pages/CheckoutPage')).CheckoutPage }));
const OrdersPage = lazy(async () => ({ default: (await import('./pages/OrdersPage')).OrdersPage }));
const OrderPage = lazy(async () => ({ default: (await import('./pages/OrderPage')).OrderPage }));
const RegisterPage = lazy(async () => ({ default: (await import('./pages/RegisterPage')).RegisterPage }));
const ConfirmPage = lazy(async () => ({ default: (await import('./pages/ConfirmPage')).ConfirmPage }));
const RegistrationStatusPage = lazy(async () => ({
  default: (await import('./pages/RegistrationStatusPage')).RegistrationStatusPage,
}));
const InventoryPage = lazy(async () => ({ default: (await import('./pages/InventoryPage')).InventoryPage }));
const ImportPage = lazy(async () => ({ default: (await import('./pages/ImportPage')).ImportPage }));
const RegistrationsPage = lazy(async () => ({
  default: (await import('./pages/RegistrationsPage')).RegistrationsPage,
}));
const DashboardPage = lazy(async () => ({ default: (await import('./pages/DashboardPage')).DashboardPage }));
const PricesPage = lazy(async () => ({ default: (await import('./pages/PricesPage')).PricesPage }));
const AuditPage = lazy(async () => ({ default: (await import('./pages/AuditPage')).AuditPage }));
const MailsPage = lazy(async () => ({ default: (await import('./pages/MailsPage')).MailsPage }));

/** The pages where most visits begin are part of the first download; the others are loaded when they are opened. */
const routes: RouteObject[] = [
  {
    element: <Layout />,
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
      { path: '/inventory', element: <InventoryPage /> },
      { path: '/inventory/import', element: <ImportPage /> },
      { path: '/registrations', element: <RegistrationsPage /> },
      { path: '/dashboard', element: <DashboardPage /> },
      { path: '/prices', element: <PricesPage /> },
      { path: '/audit', element: <AuditPage /> },
      { path: '/mails', element: <MailsPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export function App() {
  return useRoutes(routes);
}
