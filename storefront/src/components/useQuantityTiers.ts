import { useQuery } from '@tanstack/react-query';
import { quantityDiscountsOptions } from '../api/catalogQueries';
import { useServices } from './services';

/** The quantity discounts of the shop as copies:percent, such as `5:5,10:10`; undefined until they are known. */
export function useQuantityTiers(): string | undefined {
  const { api } = useServices();
  const discounts = useQuery({
    ...quantityDiscountsOptions(api),
    select: ({ tiers }) => tiers.map(({ copies, percentOff }) => `${copies}:${percentOff}`).join(','),
  });
  // Without an answer the site says nothing about discounts; orders and quotes have them all the same.
  return discounts.isError ? '' : discounts.data;
}
