import { expect, it } from 'vitest';
import { estimateOf, quantityDiscount, quantityDiscounts } from '../src/quantityDiscounts';
import { t } from './english';

it('lists the quantity discounts', () => {
  expect(quantityDiscounts('5:5,10:12.5', t)).toBe('5% off 5 or more, 12.5% off 10 or more');
  expect(quantityDiscounts('', t)).toBeNull();
});

it.each([
  [9.99, 4, 0],
  [9.99, 5, 2.5],
  [9.99, 10, 12.49],
  [0.5, 5, 0.13],
  [1.1, 1, 0],
])('takes the highest discount that %d times %d reach', (price, quantity, discount) => {
  expect(quantityDiscount(price, quantity, '10:12.5,5:5')).toBe(discount);
});

it('adds up a cart without tax', () => {
  const lines = [
    { price: 9.99, quantity: 5 },
    { price: 0.1, quantity: 3 },
  ];
  expect(estimateOf(lines, '5:5')).toEqual({ subtotal: 50.25, discount: 2.5 });
});
