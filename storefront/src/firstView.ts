import '@fontsource-variable/fraunces/wght.css';
import '@fontsource-variable/inter/wght.css';
import './firstView.css';
import type { components as Catalog } from './api/generated/catalog';
import type { Config } from './config';
import { catalogChoice } from './catalogQuery';
import { money } from './format';
import type en from './i18n/locales/en.json';
import { quantityDiscounts, USUAL_TIERS } from './quantityDiscounts';
import { SIGNED_IN_MARK } from './auth/marks';

type Book = Catalog['schemas']['Book'];
type Discounts = Catalog['schemas']['QuantityDiscounts'];

/** What was requested for the page, as far as the first view shows it. */
export interface FirstAnswers {
  language: string;
  texts: Promise<object>;
  config: Promise<Config>;
  /** The answer to a request for a path below the Catalog API; undefined if there was none. */
  answer: (path: string) => Promise<unknown> | undefined;
}

const FONTS = ['1em "Inter Variable"', '600 1em "Fraunces Variable"'];
const MAX_FONT_WAIT_MILLIS = 200;

/** On all but slow connections the fonts are there now or soon; otherwise the texts are drawn in those of the system. */
async function loadFonts(): Promise<void> {
  await Promise.race([
    Promise.allSettled(FONTS.map((font) => document.fonts.load(font))),
    new Promise((resolve) => setTimeout(resolve, MAX_FONT_WAIT_MILLIS)),
  ]);
}

/** The same attribute and the same choice as those of the application's theme. */
function showTheme(): void {
  const mode = localStorage.getItem('mui-mode');
  const dark = mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text }: { className?: string; text?: string },
  ...children: HTMLElement[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const filled = (text: string, values: Record<string, unknown>) =>
  text.replace(/\{\{(\w+)(?:, number)?\}\}/g, (_, name: string) => String(values[name]));

function welcome(texts: typeof en, discounts: Promise<unknown> | undefined): HTMLElement {
  const sentence = (tiers: string) => {
    const said = quantityDiscounts(tiers, (_, values) => filled(texts.discount.tier, values));
    return said ? filled(texts.catalog.welcomeTiers, { tiers: said }) : '';
  };
  // Keeps its place until the answer is there.
  const tiers = element('p', { text: sentence(USUAL_TIERS) });
  tiers.style.visibility = 'hidden';
  discounts?.then(
    (answer) => {
      tiers.textContent = sentence(
        (answer as Discounts).tiers.map(({ copies, percentOff }) => `${copies}:${percentOff}`).join(','),
      );
      tiers.style.visibility = 'visible';
    },
    () => undefined,
  );
  const featured = element('a', { text: texts.catalog.featured });
  featured.href = '/books/1';
  return element(
    'div',
    { className: 'first-welcome' },
    element(
      'div',
      {},
      element('h1', { text: texts.catalog.welcome }),
      element('p', { text: texts.catalog.welcomeStock }),
      tiers,
      featured,
    ),
  );
}

function bookView({ title, author, price }: Book, texts: typeof en, currency: string): HTMLElement {
  const facts = element('div', {}, element('h1', { text: title }));
  if (author) {
    const by = filled(texts.book.by, { author }).replace(/<\/?author>/g, '');
    facts.append(element('p', { className: 'first-author', text: by }));
  }
  facts.append(element('p', { className: 'first-price', text: money(price, currency) }));
  return element('div', { className: 'first-book' }, element('div', { className: 'first-cover' }), facts);
}

/**
 * Draws the first texts of the home page or of a book before the application is loaded, which puts the same texts in the same places: a
 * phone on a slow connection can read them a second earlier. Draws nothing on other pages, and nothing before a redirect.
 */
export async function drawFirstView(root: HTMLElement, { language, answer, ...asked }: FirstAnswers): Promise<void> {
  if (sessionStorage.getItem(SIGNED_IN_MARK)) return;
  const { q, category, page } = catalogChoice(new URLSearchParams(location.search));
  const book = answer(location.pathname);
  if (!book && (location.pathname !== '/' || q || category || page > 1)) return;
  // At once, not after the texts: the application takes the answer as soon as it runs.
  const discounts = answer('/quantity-discounts');
  discounts?.catch(() => undefined);
  const texts = (await asked.texts) as typeof en;
  document.documentElement.lang = language;
  const content = book
    ? bookView((await book) as Book, texts, (await asked.config).currency)
    : welcome(texts, discounts);
  await loadFonts();
  // The application may have been faster.
  if (root.hasChildNodes()) return;
  showTheme();
  root.append(
    element(
      'div',
      { className: 'first-view' },
      element('header', {}, element('div', {}, element('span', { text: 'books.com' }))),
      element('main', {}, content),
    ),
  );
}
