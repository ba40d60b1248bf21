import { describe, expect, it } from 'vitest';
import { isShown } from '../src/components/BookCover';

describe('picture of a cover', () => {
  const hosts = ['covers.example', 'other.example:8443'];

  it('is shown from the configured hosts only', () => {
    expect(isShown('https://covers.example/a.jpg', hosts)).toBe(true);
    expect(isShown('https://other.example:8443/a.jpg', hosts)).toBe(true);
    expect(isShown('https://evil.example/covers.example', hosts)).toBe(false);
    expect(isShown('https://covers.example.evil.example/a.jpg', hosts)).toBe(false);
    expect(isShown('http://covers.example/a.jpg', hosts)).toBe(false);
    expect(isShown('https://covers.example/a.jpg', undefined)).toBe(false);
    expect(isShown(null, hosts)).toBe(false);
  });
});
