import { useQuery } from '@tanstack/react-query';
import { body } from '../api/client';
import type { Abilities } from '../auth/session';
import { useServices } from './services';

const EVERY_MINUTE = 60_000;

/** How many orders and registrations wait for this user; undefined if that is not known, or none of the user's business. */
export function useWaiting(can: Abilities): { orders?: number; registrations?: number } {
  const { api } = useServices();
  const query = { status: 'pending', limit: 1 } as const;
  const orders = useQuery({
    queryKey: ['orders', 'waiting'],
    enabled: can.processesOrders,
    queryFn: async ({ signal }) => (await body(api.orders.GET('/orders', { params: { query }, signal }))).total,
    refetchInterval: EVERY_MINUTE,
  });
  const registrations = useQuery({
    queryKey: ['registrations', 'waiting'],
    enabled: can.decidesRegistrations,
    queryFn: async ({ signal }) =>
      (await body(api.registrations.GET('/registrations', { params: { query }, signal }))).total,
    refetchInterval: EVERY_MINUTE,
  });
  return { orders: orders.data, registrations: registrations.data };
}
