import { expect, it } from 'vitest';
import { quantityDiscounts } from '../src/quantityDiscounts';
import { t } from './english';

it('lists the quantity discounts', () => {
  expect(quantityDiscounts('5:5,10:12.5', t)).toBe('5% off 5 or more, 12.5% off 10 or more');
  expect(quantityDiscounts('', t)).toBeNull();
});
