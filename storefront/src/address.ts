import type { Order } from './api/client';
import { country } from './format';

export type Address = NonNullable<Order['deliveryAddress']>;

/** The fields of the address form. */
export interface AddressFields {
  name: string;
  line1: string;
  line2: string;
  line3: string;
  postalCode: string;
  city: string;
  country: string;
}

export const NO_ADDRESS: AddressFields = {
  name: '',
  line1: '',
  line2: '',
  line3: '',
  postalCode: '',
  city: '',
  country: '',
};

/** What the Order API requires; the rest may be empty. */
export const REQUIRED_FIELDS = ['name', 'line1', 'city', 'country'] as const;

export const missing = (fields: AddressFields) => REQUIRED_FIELDS.filter((field) => !fields[field].trim());

export function fieldsOf(address: Address): AddressFields {
  const [line1 = '', line2 = '', line3 = ''] = address.lines;
  const { name, postalCode, city } = address;
  return { name, line1, line2, line3, postalCode: postalCode ?? '', city, country: address.country };
}

export function addressOf(fields: AddressFields): Address {
  const lines = [fields.line1, fields.line2, fields.line3].map((line) => line.trim()).filter(Boolean);
  return {
    name: fields.name.trim(),
    lines,
    postalCode: fields.postalCode.trim() || null,
    city: fields.city.trim(),
    country: fields.country,
  };
}

/** An address as it is written on a parcel. */
export function addressLines(address: Address): string[] {
  const city = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [address.name, ...address.lines, city, country(address.country)];
}

/** Reads an address that was stored by this site or another version of it; null if it is not one. */
export function parseAddress(value: unknown): Address | null {
  const stored = value as Partial<Address> | null | undefined;
  const text = (part: unknown) => typeof part === 'string';
  return stored &&
    [stored.name, stored.city, stored.country].every(text) &&
    Array.isArray(stored.lines) &&
    stored.lines.every(text)
    ? (stored as Address)
    : null;
}
