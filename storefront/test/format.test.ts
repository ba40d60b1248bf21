import { describe, expect, it } from 'vitest';
import { ago, count, dateTime, day, list, money, parsePrice, percent, roughMoney } from '../src/format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money and dates', () => {
  it('are formatted for the locale', () => {
    expect(money(1234.5, 'USD', 'en-US')).toBe('$1,234.50');
    expect(plain(money(1234.5, 'EUR', 'de-DE'))).toBe('1.234,50 €');
    expect(money(1234, 'JPY', 'en-US')).toBe('¥1,234');
    expect(count(12345, 'de-DE')).toBe('12.345');
  });

  it('are shown in the time zone of the visitor', () => {
    expect(plain(dateTime('2026-11-22T23:30:00Z', 'en-GB', 'UTC'))).toContain('22 Nov 2026');
    expect(plain(dateTime('2026-11-22T23:30:00Z', 'en-GB', 'Asia/Colombo'))).toContain('23 Nov 2026');
  });

  it('keep a calendar day in every time zone', () => {
    expect(day('2026-11-22', 'en-US')).toBe('Nov 22');
  });

  it('include percentages and lists', () => {
    expect(percent(12.5, 'en-US')).toBe('12.5%');
    expect(plain(percent(12.5, 'de-DE'))).toBe('12,5 %');
    expect(list(['a', 'b', 'c'], 'de-DE')).toBe('a, b und c');
  });
});

describe('price field', () => {
  it.each([
    ['12', 12],
    ['12.5', 12.5],
    [' 12,50 ', 12.5],
    ['0', 0],
  ])('accepts %j', (text, price) => expect(parsePrice(text)).toBe(price));
  it.each(['', '12.345', '-1', '1.000,00', '1e3', 'ten'])('rejects %j', (text) => expect(parsePrice(text)).toBeNull());
});

it.each([
  [0, '$0'],
  [2.5, '$2.50'],
  [750, '$750'],
  [1234, '$1.2K'],
])('labels a chart axis with %d as %s', (amount, text) => {
  expect(roughMoney(amount, 'USD', 'en-US')).toBe(text);
});

it.each([
  ['2026-11-28T11:59:50Z', '0 minutes ago'],
  ['2026-11-28T11:00:30Z', '59 minutes ago'],
  ['2026-11-27T13:00:00Z', '23 hours ago'],
  ['2026-11-25T12:00:00Z', '3 days ago'],
])('says how long ago %s was: %s', (instant, text) => {
  expect(ago(instant, new Date('2026-11-28T12:00:00Z'), 'en-US')).toBe(text);
});
