import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatLocale, LANGUAGES, loadCatalog, nameOf, preferredLanguage } from '../src/i18n/languages';
import en from '../src/i18n/locales/en.json';

const source = new URL('../src/', import.meta.url);
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(new URL(file, source), 'utf8'))
  .join('\n');

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Texts by key, such as `cart.title`. */
function flat(catalog: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalog).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[prefix + name, value] as const] : [...flat(value as object, `${prefix}${name}.`)],
    ),
  );
}

const english = flat(en);
const keys = new Set([...english.keys()].map((key) => key.replace(PLURAL, '')));

/** Placeholders and elements of a text, which must be the same in every language. */
const parts = (text: string) => [...text.matchAll(/\{\{.*?\}\}|<\/?\w+>/g)].map(([part]) => part).sort();

describe.each(LANGUAGES.filter((language) => language !== 'en'))('catalog %s', async (language) => {
  const texts = flat(await loadCatalog(language));
  const plurals = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

  it('has every text of the English catalog and no other', () => {
    const expected = [...keys].flatMap((key) =>
      english.has(key) ? [key] : plurals.map((category) => `${key}_${category}`),
    );
    expect([...texts.keys()].sort()).toEqual(expected.sort());
  });

  it('has the same placeholders', () => {
    for (const [key, text] of texts) {
      const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other'))!;
      expect(parts(text), key).toEqual(parts(original));
    }
  });

  it('has no empty text', () => {
    expect([...texts].filter(([, text]) => !text.trim())).toEqual([]);
  });
});

describe('the English catalog', () => {
  // The compiler checks that no text is missing: t() accepts only keys of the catalog.
  it('has no text that the code does not use', () => {
    const literals = new Set([...code.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, text]) => text!));
    // t(`order.status.${status}`) uses every text below order.status; t('problem.page') with returnObjects the texts in it.
    const templates = [...code.matchAll(/\bt\(\s*`((?:[\w-]+|\$\{[^}]*\}|\.)+)`/g)].map(
      ([, template]) => new RegExp(`^${template!.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}(\\.|$)`),
    );
    const used = (key: string) =>
      literals.has(key) || literals.has(key.replace(/\.\w+$/, '')) || templates.some((template) => template.test(key));
    expect([...keys].filter((key) => !used(key))).toEqual([]);
  });
});

describe('interface language', () => {
  it('is the first language of the browser that exists, otherwise English', () => {
    expect(preferredLanguage(['fr-CA', 'de-AT', 'en'])).toBe('de');
    expect(preferredLanguage(['fr'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });

  it('has a name in that language', () => {
    expect(LANGUAGES.map(nameOf)).toEqual(['English', 'Deutsch']);
  });

  it('formats numbers with the region of the browser', () => {
    expect(formatLocale('de', ['en-US', 'de-CH'])).toBe('de-CH');
    expect(formatLocale('de', ['en-GB'])).toBe('de');
  });
});
