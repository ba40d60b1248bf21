import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { complaints, fillSignIn, inspect, inspectHeader, signIn, visitor } from './browser';
import { launch } from './chromium';
import { measure, slowDown } from './vitals';

const PASSWORD = 'Wonder-land-9';
const run = Date.now().toString(36);
const jane = { email: `jane-${run}@example.com`, name: 'Jane Reader' };
const max = { email: `max-${run}@example.com`, name: 'Max Sender' };

let browser: Browser;
let customer: Page;
let staff: Page;
let admin: Page;
let statusPage: string;
let orderNumber: string;

beforeAll(async () => {
  browser = await launch();
  [customer, staff, admin] = await Promise.all([visitor(browser), visitor(browser), visitor(browser)]);
});

afterAll(() => browser?.close());

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor();
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const totals = (page: Page) => page.getByLabel('Totals').innerText();

async function register(page: Page, email: string, first: string, last: string): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('First name').fill(first);
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await see(page, 'Check your email');
}

/** The text of an email, when it has arrived. */
async function email(recipient: string, subject: string): Promise<string> {
  const get = async (path: string) => (await fetch(`${inject('mailbox')}/api/${path}`)).json();
  const found = await vi.waitFor(
    async () => {
      const { mails } = (await get(`mails?to=${encodeURIComponent(recipient)}`)) as {
        mails: { number: number; subject: string }[];
      };
      const mail = mails.find((each) => each.subject === subject);
      expect(mail, `an email to ${recipient}`).toBeDefined();
      return mail!;
    },
    { timeout: 40_000, interval: 500 },
  );
  return ((await get(`mails/${found.number}`)) as { text: string }).text;
}

/** Opens the link of the email and chooses a password. */
async function confirm(page: Page, address: string): Promise<void> {
  const link = /\S+#token=\S+/.exec(await email(address, 'Confirm your email address at books.com'))![0];
  await page.goto(link);
  await heading(page, 'Choose a password');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByLabel('Repeat password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Complete registration' }).click();
  await see(page, 'We have received your registration');
}

/** Adds a book as staff and returns its number. */
async function newBook(title: string, stock: number): Promise<number> {
  await staff.goto('/inventory');
  await staff.getByRole('button', { name: 'Add book' }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel('Title').fill(title);
  // Neither the Esc key nor a click beside it closes a form with something in it.
  await staff.keyboard.press('Escape');
  await staff.mouse.click(5, 300);
  await dialog.getByLabel('Author').fill('Ida Merrow');
  await dialog.getByLabel('Price').fill('12.50');
  await dialog.getByLabel('Copies in stock').fill(String(stock));
  const [answer] = await Promise.all([
    staff.waitForResponse((response) => response.url().endsWith('/inventory/v1/books') && response.status() === 201),
    dialog.getByRole('button', { name: 'Add book' }).click(),
  ]);
  return ((await answer.json()) as { bookId: number }).bookId;
}

async function openInventoryBook(page: Page, title: string): Promise<void> {
  await page.goto(`/inventory?q=${encodeURIComponent(title)}`);
  await page.getByRole('button', { name: `Edit ${title}` }).click();
  await page.getByLabel('Price').waitFor();
}

async function openStock(page: Page, title: string): Promise<void> {
  await page.goto(`/inventory?q=${encodeURIComponent(title)}`);
  await page.getByRole('button', { name: `Change stock of ${title}` }).click();
  await page.getByLabel('Number of copies').waitFor();
}

/** Records a movement in the open dialog. */
async function changeStock(page: Page, type: string, label: string, copies: number): Promise<void> {
  await page.getByLabel('What happened').click();
  await page.getByRole('option', { name: type }).click();
  await page.getByLabel(label).fill(String(copies));
  await page.getByRole('button', { name: 'Change stock', exact: true }).click();
}

async function addToCart(page: Page, bookId: number, copies: number): Promise<void> {
  await page.goto(`/books/${bookId}`);
  await page.getByLabel('Quantity', { exact: true }).fill(String(copies));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await see(page, /added to your cart/);
}

async function numberOfOrders(page: Page): Promise<number> {
  await page.goto('/orders?status=all');
  await heading(page, 'My orders');
  const list = page.getByRole('list', { name: 'Orders' });
  await list.or(page.getByText('You have not placed any orders yet')).waitFor();
  return list.getByRole('listitem').count();
}

describe('every visitor', () => {
  it('browses, searches and sorts', async () => {
    await customer.goto('/');
    await customer.getByRole('list', { name: 'Books' }).waitFor();
    await inspect(customer, 'catalog');

    await customer.getByLabel('Search by title or author').fill('tolkien');
    await customer.keyboard.press('Enter');
    await heading(customer, 'Results for “tolkien”');
    await customer.getByLabel('Sort by').selectOption('Price, low to high');
    await customer.waitForURL(/sort=price-asc/);
    await expect
      .poll(async () => {
        const prices = await customer.getByRole('list', { name: 'Books' }).getByText(/^\$/).allInnerTexts();
        return (
          prices.length > 2 &&
          prices.every((price, i) => i === 0 || Number(price.slice(1)) >= Number(prices[i - 1]!.slice(1)))
        );
      })
      .toBe(true);
    await inspect(customer, 'search');

    await customer.goto('/?q=zzzz');
    await see(customer, 'No books match “zzzz”');
    await inspect(customer, 'search-nothing');
  });

  it('chooses a category, also with a search', async () => {
    await customer.goto('/');
    const category = customer.getByRole('list', { name: 'Categories' }).getByRole('button', { name: /^Fantasy \(\d/ });
    await category.click();
    await heading(customer, 'Fantasy');
    expect(await category.getAttribute('aria-pressed')).toBe('true');
    await inspect(customer, 'category');
    await customer.goto('/?category=Fantasy&q=hobbit');
    await heading(customer, 'Results for “hobbit”');
    await expect.poll(() => customer.getByRole('list', { name: 'Books' }).getByRole('listitem').count()).toBe(1);
    await customer.getByRole('button', { name: /^Children \(/ }).click();
    await see(customer, 'No books match “hobbit”');
  });

  it('moves between pages of books', async () => {
    await customer.goto('/');
    await customer.getByRole('button', { name: 'Go to page 2', exact: true }).click();
    await customer.waitForURL(/page=2/);
    await see(customer, /^21–40 of \d+$/);
  });

  it('views a book, and addresses that do not exist', async () => {
    await customer.goto('/books/1');
    await heading(customer, '1984');
    await see(customer, /in stock$/);
    await inspect(customer, 'book');
    expect((await customer.goto('/books/99999999'))!.status()).toBe(404);
    await see(customer, 'This book is not available');
    await inspect(customer, 'book-gone');
    expect((await customer.goto('/no/such/page'))!.status()).toBe(404);
    await see(customer, 'Page not found');
    await inspect(customer, 'not-found');
  });

  it('finds title, description and data of a book without running scripts', async () => {
    const html = await (await fetch(`${inject('shop')}/books/1`)).text();
    expect(html).toContain('<title>1984 · books.com</title>');
    expect(html).toMatch(/<meta name="description" content="1984 by George Orwell, 9.99 USD/);
    expect(html).toContain('<meta property="og:title" content="1984 · books.com">');
    const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)!;
    expect(JSON.parse(data!)).toMatchObject({ '@type': 'Book', name: '1984' });
    expect(await (await fetch(`${inject('shop')}/sitemap.xml`)).text()).toContain('/books/1</loc>');
  });

  it('reads that a page number is too high, not that there is nothing', async () => {
    await customer.goto('/?page=9999');
    await see(customer, 'There is nothing on this page');
    await inspect(customer, 'page-too-high');
    await customer.getByRole('link', { name: 'Go to page 1' }).click();
    await customer.getByRole('list', { name: 'Books' }).waitFor();
  });

  it('reads at once how many copies can be ordered', async () => {
    const page = await visitor(browser);
    await page.goto('/books/1');
    const quantity = page.getByLabel('Quantity', { exact: true });
    await quantity.fill('1000');
    await see(page, 'You can order at most 999 copies of a book.');
    await quantity.fill('998');
    await see(page, /^Only \d+ in stock\.$/);
    expect(await page.getByText('You can order at most').count()).toBe(0);
    await page.context().close();
  });

  it('sees quantity discounts in the cart before signing in', async () => {
    const page = await visitor(browser);
    await addToCart(page, 1, 5);
    await page.goto('/cart');
    await expect.poll(() => totals(page)).toMatch(/\$49\.95[^]*−\$2\.50[^]*\$47\.45/);
    await inspect(page, 'cart-signed-out');
    await page.context().close();
  });

  it('sees texts, prices and numbers in the language of the browser', async () => {
    const german = await visitor(browser, { locale: 'de-DE' });
    await german.goto('/books/1');
    await see(german, /^9,99\s\$$/);
    await german.getByRole('button', { name: 'In den Warenkorb' }).click();
    await see(german, '„1984“ wurde in den Warenkorb gelegt');
    expect(await german.locator('html').getAttribute('lang')).toBe('de');
    await inspect(german, 'book-german');
    await inspectHeader(german, 'a German visitor');

    await german.getByLabel('Sprache').selectOption('English');
    await german.getByRole('button', { name: 'Add to cart' }).waitFor();
    await see(german, '$9.99');
    await german.reload();
    await german.getByRole('button', { name: 'Add to cart' }).waitFor();
    expect(await german.locator('html').getAttribute('lang')).toBe('en');
    await german.context().close();
  });

  it('navigates with the keyboard', async () => {
    await customer.goto('/');
    await customer.getByRole('list', { name: 'Books' }).waitFor();
    await customer.keyboard.press('Tab');
    expect(await customer.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await customer.keyboard.press('Enter');
    await customer.keyboard.press('Tab');
    expect(await customer.evaluate(() => document.getElementById('main')!.contains(document.activeElement))).toBe(true);
  });

  it('has a header of one row on a phone, which opens for a search', async () => {
    const page = await visitor(browser, { viewport: { width: 360, height: 640 } });
    await page.goto('/');
    await page.getByRole('list', { name: 'Books' }).waitFor();
    const header = page.getByRole('banner');
    expect((await header.boundingBox())!.height).toBeLessThanOrEqual(65);
    await header.getByRole('button', { name: 'Search' }).click();
    expect((await header.boundingBox())!.height).toBeLessThanOrEqual(65);
    await page.getByLabel('Search by title or author').fill('tolkien');
    await page.keyboard.press('Enter');
    await heading(page, 'Results for “tolkien”');
    await header.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Create account' }).waitFor();
    await page.context().close();
  });

  it('scrolls the header with the page at 400 % zoom', async () => {
    // A window of 1280 x 1024 pixels at 400 %.
    const page = await visitor(browser, { viewport: { width: 320, height: 256 } });
    await page.goto('/books/1');
    await heading(page, '1984');
    await page.evaluate(() => scrollTo(0, 200));
    expect((await page.getByRole('banner').boundingBox())!.y).toBe(-200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.context().close();
  });

  it('sees the edges of buttons and covers in forced colors', async () => {
    const page = await visitor(browser, { forcedColors: 'active' });
    await page.goto('/books/1');
    await heading(page, '1984');
    const edge = (target: Locator) => target.evaluate((element) => getComputedStyle(element).borderTopWidth);
    expect(await edge(page.getByRole('button', { name: 'Add to cart' }))).toBe('1px');
    expect(await edge(page.locator('main .edge'))).toBe('1px');
    await page.context().close();
  });

  it('prints a page without header, footer and buttons', async () => {
    const page = await visitor(browser, { colorScheme: 'dark' });
    await page.goto('/books/1');
    await heading(page, '1984');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    expect(await page.getByRole('contentinfo').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Add to cart' }).isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
    await page.context().close();
  });

  it('reads that the browser is offline', async () => {
    const page = await visitor(browser);
    await page.goto('/books/1');
    await heading(page, '1984');
    await page.context().setOffline(true);
    await see(page, /^You are offline/);
    await page.context().setOffline(false);
    await page.getByText(/^You are offline/).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it.each(['/', '/books/1'])('sees no text move while %s is loaded on a slow phone', async (path) => {
    const page = await visitor(browser, { viewport: { width: 360, height: 640 } });
    await slowDown(page);
    const { layoutShift, requests, kib } = await measure(page, path);
    expect(layoutShift).toBeLessThanOrEqual(0.05);
    expect(requests).toBeLessThanOrEqual(18);
    expect(kib).toBeLessThanOrEqual(300);
    await page.context().close();
  });

  it.each([
    ['/', 360, 'en'],
    ['/', 1000, 'de'],
    ['/books/1', 360, 'de'],
  ])(
    'reads the first texts of %s before the application is loaded, %i pixels wide (%s)',
    async (path, width, locale) => {
      const page = await visitor(browser, { viewport: { width, height: 700 }, locale, colorScheme: 'dark' });
      let load: () => void;
      const asked = new Promise<void>((resolve) => (load = resolve));
      await page.route(/\/assets\/(react|first)-.*\.js$/, async (route) => {
        await asked;
        await route.continue();
      });
      // Fonts that arrive between the two would move the texts.
      await page.route('**/*.woff2', (route) => route.abort());
      await page.goto(path, { waitUntil: 'commit' });
      const look = async () => {
        const box = async (target: Locator) => {
          const { x, y, height } = (await target.boundingBox())!;
          return [x, y, height].map((value) => Math.round(value / 2));
        };
        return {
          name: await box(page.getByText('books.com', { exact: true })),
          heading: await box(page.getByRole('heading', { level: 1 })),
          text: await box(path === '/' ? page.getByText(/5\s?%.* 25 /) : page.getByText(/^\$9\.99$|^9,99\s\$$/)),
          color: await page.getByRole('heading', { level: 1 }).evaluate((element) => getComputedStyle(element).color),
        };
      };
      await page.getByText(path === '/' ? /5\s?%.* 25 / : /9[.,]99/).waitFor();
      const first = await look();
      load!();
      await page
        .getByRole('banner')
        .getByRole('button', { name: /Sign in|Anmelden/ })
        .waitFor();
      expect(await look()).toEqual(first);
      await page.context().close();
    },
  );

  it('sees an error when the store is unavailable, and tries again', async () => {
    const page = await visitor(browser);
    await page.route('**/catalog/v1/**', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        headers: { 'X-Correlation-ID': 'e2e-1', 'Retry-After': '5' },
        body: JSON.stringify({ type: 'about:blank', title: 'x', status: 503, code: 'database_unavailable' }),
      }),
    );
    await page.goto('/');
    await see(page, 'The store is temporarily unavailable');
    await see(page, 'e2e-1');
    await inspect(page, 'error');
    await page.unroute('**/catalog/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('list', { name: 'Books' }).waitFor();
    await page.context().close();
  });

  it('sees an error when sign-in is unavailable', async () => {
    const page = await visitor(browser);
    // Makes the site read the endpoints from the identity server, which does not respond.
    await page.route('**/config.json', async (route) => {
      const config = (await (await route.fetch()).json()) as { oidc: object };
      await route.fulfill({
        json: { ...config, oidc: { ...config.oidc, authority: inject('shop'), metadata: undefined } },
      });
    });
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await page.goto('/');
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await see(page, /^Sign-in is temporarily unavailable/);
    await page.context().close();
  });
});

describe('an account', () => {
  it('names the first missing field, and is requested once by a double click', async () => {
    const page = await visitor(browser);
    await page.goto('/register');
    await page.getByRole('button', { name: 'Create account' }).last().click();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('givenName');
    let requests = 0;
    await page.route('**/registrations/v1/registrations', (route) => {
      requests += 1;
      return route.fulfill({ status: 202, json: {} });
    });
    await page.getByLabel('First name').fill('Ida');
    await page.getByLabel('Last name').fill('Merrow');
    await page.getByLabel('Email address').fill('ida@example.com');
    await page.getByRole('main').getByRole('button', { name: 'Create account' }).dblclick();
    await see(page, 'Check your email');
    expect(requests).toBe(1);
    await page.goto('/register/unknown');
    await see(page, 'Registration not found');
    await inspect(page, 'registration-unknown');
    await page.context().close();
  });

  it('that could not be created after the approval can be requested again', async () => {
    const page = await visitor(browser);
    await page.route('**/registrations/v1/registrations/*', (route) => route.fulfill({ json: { status: 'failed' } }));
    await page.goto('/register/any');
    await see(page, 'Your account could not be created');
    await inspect(page, 'registration-failed');
    await page.getByRole('link', { name: 'Register again' }).click();
    await page.waitForURL('**/register');
    await page.context().close();
  });

  it('is requested, and the address confirmed with a password that meets the rules', async () => {
    await customer.goto('/register');
    await inspect(customer, 'register');
    await register(customer, jane.email, 'Jane', 'Reader');
    await inspect(customer, 'register-sent');
    const link = /\S+#token=\S+/.exec(await email(jane.email, 'Confirm your email address at books.com'))![0];
    await customer.goto(link);
    await heading(customer, 'Choose a password');
    await customer.getByLabel(/^Password/).fill('short');
    await customer.getByRole('button', { name: 'Complete registration' }).click();
    await see(customer, /8 to 64 characters, an uppercase letter/);
    await see(customer, 'The passwords are not the same');
    await inspect(customer, 'register-confirm');
    expect(customer.url()).not.toContain('token');
    expect(await customer.evaluate(() => JSON.stringify(window.history.state))).not.toContain('eyJ');
    await confirm(customer, jane.email);
    statusPage = new URL(customer.url()).pathname;
    await inspect(customer, 'registration-waiting');
    const other = await visitor(browser);
    await register(other, max.email, 'Max', 'Sender');
    await confirm(other, max.email);
    await other.context().close();
  });

  it('looks the same for an address that is known, and only its email says so', async () => {
    const page = await visitor(browser);
    await register(page, jane.email, 'Jane', 'Reader');
    await email(jane.email, 'Your registration at books.com is waiting');
    await page.context().close();
  });

  it('cannot be confirmed twice, or with a link that is not whole', async () => {
    const page = await visitor(browser);
    const link = /\S+#token=\S+/.exec(await email(jane.email, 'Confirm your email address at books.com'))![0];
    const submit = async () => {
      await page.getByLabel(/^Password/).fill(PASSWORD);
      await page.getByLabel('Repeat password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Complete registration' }).click();
    };
    await page.goto(link);
    await submit();
    await see(page, 'You are already registered');
    await page.goto('/');
    await page.goto(link.slice(0, -9));
    await submit();
    await see(page, 'This link does not work');
    await page.goto('/');
    await page.goto('/register/confirm');
    await see(page, 'This link does not work');
    await page.context().close();
  });

  it('does not allow sign-in before it is approved, or with a wrong password', async () => {
    await customer.goto('/');
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await customer.getByLabel('Email address').waitFor();
    await inspect(customer, 'sign-in');
    await fillSignIn(customer, jane.email, PASSWORD);
    await see(customer, /is wrong/);
    await fillSignIn(customer, 'customer', 'Wrong-password-1');
    await see(customer, /is wrong/);
  });

  it('is approved or rejected by an administrator', async () => {
    await admin.goto('/registrations');
    await see(admin, 'Sign in to review registrations');
    await inspect(admin, 'signed-out');
    await signIn(admin, 'admin');
    await heading(admin, 'Registrations');
    await admin
      .getByRole('button', { name: `Approve ${jane.name}` })
      .first()
      .waitFor();
    await inspect(admin, 'registrations');
    const row = (email: string) => admin.getByRole('listitem').filter({ hasText: email });
    await row(max.email)
      .getByRole('button', { name: /Reject/ })
      .click();
    await admin.getByLabel('Reason').fill('We deliver to people only.\nWrite to us if you are one.');
    await admin.keyboard.press('Escape');
    await inspect(admin, 'registration-reject');
    await admin.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await see(admin, 'The registration of Max Sender was rejected');
    await row(jane.email)
      .getByRole('button', { name: /Approve/ })
      .click();
    await see(admin, /You can't undo this here/);
    await inspect(admin, 'registration-approve');
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await see(admin, 'Jane Reader can sign in now');
    await row(jane.email).waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: 'Failed' }).click();
    await see(admin, 'No failed registrations');
  });

  it('shows the decision to the applicant, who signs in', async () => {
    await customer.goto(statusPage);
    await see(customer, 'Your account is approved');
    await inspect(customer, 'registration-approved');
    await admin.goto('/mails');
    const emails = admin.getByRole('list', { name: 'Emails' });
    await emails.getByText(`Registration received · ${jane.email}`).waitFor();
    await emails.getByText(`Registration approved · ${jane.email}`).waitFor();
    await customer.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await fillSignIn(customer, jane.email, PASSWORD);
    await customer.getByRole('button', { name: 'Account: Jane Reader' }).waitFor();
  });

  it('is signed in in a new tab, on the first page that needs it', async () => {
    const tab = await customer.context().newPage();
    await tab.goto(inject('shop'));
    await tab.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
    await tab.goto(`${inject('shop')}/orders`);
    await tab.getByRole('button', { name: 'Account: Jane Reader' }).waitFor();
    await heading(tab, 'My orders');
    await tab.close();
  });

  it('stores no token in the browser, and survives a reload', async () => {
    const stored = await customer.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toMatch(/eyJ|access_token|refresh_token|id_token/);
    await customer.reload();
    await customer.getByRole('button', { name: 'Account: Jane Reader' }).waitFor();
  });
});

describe('an order', () => {
  it('is priced while the cart is filled', async () => {
    await addToCart(customer, 1, 4);
    await customer.goto('/cart');
    await see(customer, '$39.96');
    await customer.getByRole('button', { name: 'Increase quantity' }).click();
    await expect.poll(() => totals(customer)).toContain('−$2.50');
    await customer.getByLabel('Promotion code').fill('SUMMER2024');
    await customer.getByRole('button', { name: 'Apply' }).click();
    await see(customer, /SUMMER2024 isn't valid/);
    expect(await customer.getByRole('button', { name: 'Check out' }).isDisabled()).toBe(true);
    expect(await totals(customer)).toContain('−$2.50');
    await inspect(customer, 'cart-promotion-expired');
    await customer.getByLabel('Promotion code').fill('welcome10');
    await customer.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => totals(customer)).toContain('including WELCOME10');
    await inspect(customer, 'cart');
  });

  it('is placed once by a double click', async () => {
    await customer.getByRole('button', { name: 'Check out' }).click();
    await customer.getByLabel('Totals').waitFor();
    expect(await customer.getByLabel('Recipient').inputValue()).toBe(jane.name);
    await customer.getByRole('button', { name: 'Place order' }).click();
    await see(customer, 'Fill in this field');
    expect(await customer.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('line1');
    await customer.getByLabel('Street and number').fill('1 Main Street');
    await customer.getByLabel('Postal code').fill('80331');
    await customer.getByLabel('City').fill('Munich');
    await customer.getByLabel('Country').selectOption('Germany');
    await inspect(customer, 'checkout');
    await customer.getByRole('button', { name: 'Place order' }).dblclick();
    await customer.waitForURL(/\/orders\/\d+$/);
    await see(customer, 'Thank you! Your order was placed.');
    await see(customer, /80331 Munich/);
    orderNumber = /\d+$/.exec(customer.url())![0];
    await inspect(customer, 'order-placed');
    expect(await numberOfOrders(customer)).toBe(1);
    await inspect(customer, 'orders');
    await customer.goto('/cart');
    await see(customer, 'Your cart is empty');
    await inspect(customer, 'cart-empty');
  });

  it('is confirmed by email', async () => {
    await vi.waitFor(
      async () => {
        const answer = await fetch(`${inject('mailbox')}/api/mails?to=${encodeURIComponent(jane.email)}`);
        expect(await answer.text()).toMatch(new RegExp(`order[^"]*\\b${orderNumber}\\b`, 'i'));
      },
      { timeout: 40_000, interval: 500 },
    );
    expect(await email(jane.email, `Your order ${orderNumber} at books.com`)).toContain('80331 Munich');
  });

  it('is placed once when its response is lost and the page is reloaded', async () => {
    await addToCart(customer, 2, 1);
    await customer.goto('/checkout');
    await customer.getByLabel('Totals').waitFor();
    await expect.poll(() => customer.getByLabel('City').inputValue()).toBe('Munich');
    await customer.route('**/orders/v1/orders', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await customer.getByRole('button', { name: 'Place order' }).click();
    await see(customer, /The store did not respond/);
    await inspect(customer, 'checkout-no-answer');
    await customer.unroute('**/orders/v1/orders');
    await customer.reload();
    await see(customer, /The response to this order was lost/);
    await customer.getByRole('button', { name: 'Try again' }).click();
    await customer.waitForURL(/\/orders\/\d+$/);
    expect(await numberOfOrders(customer)).toBe(2);
  });

  it('is cancelled by its customer while it is pending', async () => {
    await customer.getByRole('list', { name: 'Orders' }).getByRole('link').first().click();
    await customer.getByRole('button', { name: 'Cancel order' }).click();
    await inspect(customer, 'order-cancel');
    await customer.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
    await see(customer, 'This order was cancelled. You were not charged.');
    await customer.goto('/orders');
    await customer.getByRole('button', { name: 'Cancelled' }).click();
    await customer.waitForURL(/status=cancelled/);
    const list = customer.getByRole('list', { name: 'Orders' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
  });
});

describe('staff', () => {
  const title = `The Lighthouse Almanac ${run}`;
  let bookId: number;

  it('see only their pages', async () => {
    await staff.goto('/');
    await signIn(staff, 'staff');
    const links = await staff.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
    expect(links.map((link) => link.replace(/ \(\d+\)$/, ''))).toEqual(['Books', 'Orders', 'Inventory']);
    await heading(staff, 'Orders');
    await inspectHeader(staff, 'staff');
    await staff.goto('/registrations');
    await see(staff, "You don't have access to this page");
    await inspect(staff, 'not-for-you');
  });

  it('add a book', async () => {
    bookId = await newBook(title, 3);
    await staff.goto('/inventory');
    await staff.getByRole('region', { name: 'Books' }).waitFor();
    await inspect(staff, 'inventory');
    // The address holds the filter, and the switch follows it.
    await staff.getByLabel('Only 5 copies or fewer').click();
    await staff.waitForURL(/[?&]low=/);
    await staff.goto(`/inventory?low=1&q=${encodeURIComponent(title)}`);
    await staff.getByRole('button', { name: `Edit ${title}` }).waitFor();
    const [file] = await Promise.all([
      staff.waitForEvent('download'),
      staff.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('inventory.csv');
    expect(await readFile(await file.path(), 'utf8')).toContain(`,${title},Ida Merrow,12.5,3,`);
    await openInventoryBook(staff, title);
    await inspect(staff, 'inventory-change');
  });

  it('are asked only about fields that someone else changed too', async () => {
    // While staff edit the author, a copy is damaged and an administrator changes the price: nothing to ask.
    await staff.getByRole('textbox', { name: 'Author' }).fill('I. Merrow');
    await openStock(admin, title);
    await changeStock(admin, 'Copies damaged or lost', 'Number of copies', 1);
    await see(admin, `The stock of “${title}” is now 2`);
    await openInventoryBook(admin, title);
    await admin.getByLabel('Price').fill('11.00');
    await admin.getByRole('button', { name: 'Save' }).click();
    await see(admin, `“${title}” was saved`);
    await staff.keyboard.press('Escape');
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, `“${title}” was saved`);
    await customer.goto(`/books/${bookId}`);
    await see(customer, 'Only 2 left');
    await see(customer, '$11.00');
    await see(customer, 'I. Merrow');

    await openInventoryBook(staff, title);
    await openInventoryBook(admin, title);
    await admin.getByLabel('Price').fill('12.00');
    await admin.getByRole('button', { name: 'Save' }).click();
    await see(admin, `“${title}” was saved`);
    await staff.getByLabel('Price').fill('11.50');
    await staff.getByRole('textbox', { name: 'Author' }).fill('Ida Merrow');
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, 'Someone else changed the same fields');
    await inspect(staff, 'inventory-conflict');
    await staff.getByLabel('Yours: 11.50').click();
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, `“${title}” was saved`);
    await customer.goto(`/books/${bookId}`);
    await see(customer, '$11.50');
    await see(customer, 'Ida Merrow');
    await see(customer, 'Only 2 left');
  });

  it('reduce the stock: the customer sees which book is out of stock', async () => {
    await addToCart(customer, bookId, 2);
    await customer.goto('/checkout');
    await customer.getByLabel('Totals').waitFor();
    await openStock(staff, title);
    await inspect(staff, 'inventory-stock');
    await changeStock(staff, 'Copies counted', 'Copies counted on the shelf', 1);
    await see(staff, `The stock of “${title}” is now 1`);
    await customer.getByRole('button', { name: 'Place order' }).click();
    await see(customer, 'Not enough copies in stock');
    await see(customer, `${title}: 2 requested, 1 available`);
    await inspect(customer, 'checkout-out-of-stock');
    await customer.getByRole('link', { name: 'Back to cart' }).first().click();
    await see(customer, 'Only 1 in stock. Reduce the quantity.');
    await customer.getByRole('button', { name: `Remove ${title}` }).click();
  });

  it('find the search of before after going back', async () => {
    await staff.goto('/inventory');
    const field = staff.getByRole('main').getByRole('searchbox');
    await field.fill('tolkien');
    // Asked for when the page with the results is drawn.
    await Promise.all([staff.waitForResponse(/q=tolkien/), field.press('Enter')]);
    await staff.goBack();
    await expect.poll(() => field.inputValue()).toBe('');
    await staff.goForward();
    await expect.poll(() => field.inputValue()).toBe('tolkien');
  });

  it('import a file after its wrong lines are corrected', async () => {
    await staff.goto('/inventory');
    await staff.getByRole('link', { name: 'Import CSV' }).click();
    await heading(staff, 'Import books');
    const choose = (lines: string) =>
      staff.locator('input[type=file]').setInputFiles({
        name: 'books.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`bookId;title;price;category\r\n${lines}`),
      });
    await choose(`${bookId};${title};cheap;\r\n`);
    await see(staff, 'price must be a number');
    expect(await staff.getByRole('button', { name: 'Apply all' }).isDisabled()).toBe(true);
    await inspect(staff, 'import-wrong');
    await choose(`${bookId};${title};13,75;\r\n;Imported ${run};5;Almanacs ${run}\r\n`);
    await see(staff, '1 new, 1 changed, 0 unchanged, 0 wrong');
    await see(staff, '13.75');
    await inspect(staff, 'import-preview');
    await staff.getByRole('button', { name: 'Apply all' }).click();
    await see(staff, 'Applied: 1 new, 1 changed');
    await customer.goto(`/?category=${encodeURIComponent(`Almanacs ${run}`)}`);
    await see(customer, `Imported ${run}`);
  });

  it('remove a book', async () => {
    await openInventoryBook(staff, title);
    await staff.getByRole('button', { name: 'Remove…' }).click();
    await staff.getByRole('button', { name: 'Remove book' }).click();
    await see(staff, `“${title}” was removed from the catalog`);
    await customer.goto(`/books/${bookId}`);
    await see(customer, 'This book is not available');
  });

  it('complete the order, and the customer sees it', async () => {
    await staff.goto('/orders');
    await heading(staff, 'Orders');
    await inspect(staff, 'order-queue');
    await staff.getByRole('button', { name: `Complete order ${orderNumber}`, exact: true }).click();
    await inspect(staff, 'order-complete');
    await staff.getByRole('dialog').getByRole('button', { name: 'Complete order' }).click();
    await see(staff, `Order ${orderNumber} was completed`);
    await customer.goto(`/orders/${orderNumber}`);
    await see(customer, 'Your books are on their way and the payment is complete.');
    await inspect(customer, 'order-completed');
    expect(await customer.getByRole('button', { name: 'Cancel order' }).count()).toBe(0);
  });

  it('find the order, note something on it and take it back', async () => {
    await staff.goto('/orders');
    await staff.getByLabel('Search for').fill(orderNumber);
    await staff.getByRole('button', { name: 'Find', exact: true }).click();
    await inspect(staff, 'order-search');
    await staff.goto(`/orders?customer=${encodeURIComponent('jane READ')}`);
    await staff.getByRole('link', { name: `Order ${orderNumber}` }).click();
    await heading(staff, `Order ${orderNumber}`);
    const history = staff.getByRole('region', { name: 'History' });
    await history.getByText('Completed').waitFor();
    await history.getByLabel('Note for staff').fill('Came back undamaged');
    await history.getByRole('button', { name: 'Add note' }).click();
    await history.getByText('Note: Came back undamaged').waitFor();
    await inspect(staff, 'order-history');
    await staff.emulateMedia({ media: 'print' });
    await staff.getByText('Packing slip', { exact: true }).waitFor();
    await staff.getByText('80331 Munich').locator('visible=true').waitFor();
    expect(await history.isVisible()).toBe(false);
    await staff.emulateMedia({ media: null });
    await staff.getByRole('button', { name: 'Take back' }).click();
    await staff.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await see(staff, `Order ${orderNumber} was taken back`);
    await history.getByText('Taken back').waitFor();
    await customer.goto(`/orders/${orderNumber}`);
    await see(customer, 'We have received your books. You will be paid back.');
  });

  it('complete several orders at once', async () => {
    for (const delivers of [true, false]) {
      // As in a shop that sells downloads only.
      if (!delivers) {
        await customer.route('**/orders/v1/delivery-address', (route) => route.fulfill({ json: { rule: 'off' } }));
      }
      await addToCart(customer, 1, 1);
      await Promise.all([customer.waitForResponse('**/orders/v1/delivery-address'), customer.goto('/checkout')]);
      await customer.getByLabel('Totals').waitFor();
      await expect.poll(() => customer.getByLabel('City').count()).toBe(delivers ? 1 : 0);
      await customer.getByRole('button', { name: 'Place order' }).click();
      await see(customer, /Thank you! Your order was placed/);
    }
    await customer.unroute('**/orders/v1/delivery-address');
    const last = Number(/\d+$/.exec(customer.url())![0]);
    await staff.goto('/orders');
    await staff.getByLabel(`Select order ${last - 1}`, { exact: true }).check();
    await staff.getByLabel(`Select order ${last}`, { exact: true }).check();
    await staff.getByRole('button', { name: 'Complete 2 orders' }).click();
    await staff.getByRole('dialog').getByRole('button', { name: 'Complete 2 orders' }).click();
    await see(staff, '2 orders were completed');
  });
});

describe('administrators', () => {
  it('see the dashboard', async () => {
    await admin.goto('/dashboard');
    await heading(admin, 'Dashboard');
    await admin.getByRole('region', { name: 'Best sellers' }).getByText('1984').waitFor();
    await admin.getByRole('region', { name: 'Low stock' }).getByRole('listitem').first().waitFor();
    await admin.getByRole('region', { name: 'Revenue' }).getByRole('application').waitFor();
    await inspect(admin, 'dashboard');
    await admin.getByText('View as table').click();
    expect(await admin.getByRole('row').count()).toBe(8);
    await inspectHeader(admin, 'administrators');
    await admin.getByLabel('Language').selectOption('Deutsch');
    await admin.getByLabel('Sprache').waitFor();
    await admin.goto('/registrations');
    await heading(admin, 'Registrierungen');
    await inspectHeader(admin, 'German administrators');
    await admin.getByLabel('Sprache').selectOption('English');
    await admin.getByLabel('Language').waitFor();
  });

  it('add, change and end a promotion', async () => {
    const code = `E2E-${run}`.toUpperCase();
    await admin.goto('/prices');
    await heading(admin, 'Promotions and discounts');
    await admin.getByRole('button', { name: 'Add promotion' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await see(admin, 'Use 1 to 40 letters, digits, - and _');
    await inspect(admin, 'promotion-add');
    await dialog.getByLabel('Code').fill(code);
    await dialog.getByLabel('Percent off').fill('20');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await see(admin, `${code} was saved`);
    const row = admin.getByRole('listitem').filter({ hasText: code });
    await row.getByText('Active').waitFor();
    await inspect(admin, 'prices');
    await row.getByRole('button', { name: `Change ${code}` }).click();
    await dialog.getByLabel('Percent off').fill('25');
    await dialog.getByLabel('Orders in all').fill('10');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByText('25% off').waitFor();
    await row.getByRole('button', { name: `End now: ${code}` }).click();
    await row.getByText('Ended', { exact: true }).waitFor();
  });

  it('change the quantity discounts, and customers see them', async () => {
    await admin.goto('/prices');
    const tiers = admin.getByRole('region', { name: 'Quantity discounts' });
    await tiers.getByRole('button', { name: 'Add discount' }).click();
    await tiers.getByLabel('Copies', { exact: true }).last().fill('50');
    await tiers.getByLabel('Percent off').last().fill('20');
    await tiers.getByRole('button', { name: 'Save discounts' }).click();
    await see(admin, 'The quantity discounts were saved');
    await customer.goto('/books/1');
    await see(customer, /20% off 50 or more/);
    await tiers.getByRole('button', { name: 'Remove the discount from 50 copies' }).click();
    await tiers.getByRole('button', { name: 'Save discounts' }).click();
    await tiers.getByRole('button', { name: 'Save discounts' }).waitFor({ state: 'detached' });
  });

  it('see who changed what', async () => {
    await admin.getByRole('button', { name: 'More' }).click();
    await admin.getByRole('menuitem', { name: 'Audit' }).click();
    await heading(admin, 'Audit');
    const list = admin.getByRole('list', { name: 'Audit' });
    await list.getByText('Registration approved').first().waitFor();
    await inspect(admin, 'audit');
    await admin.getByLabel('Kind').selectOption('Price');
    await list.getByText('Registration approved').first().waitFor({ state: 'detached' });
    await list.getByText(new RegExp(`The Lighthouse Almanac ${run} · \\$12\\.00 → \\$11\\.50`)).waitFor();
    await admin.getByLabel('Day (UTC)').fill('2020-01-01');
    await see(admin, 'Nothing was recorded');
  });

  it('see emails, and send one again', async () => {
    await admin.goto('/mails');
    await admin.getByRole('list', { name: 'Emails' }).waitFor();
    await admin.getByRole('button', { name: 'Failed' }).click();
    await see(admin, 'No failed emails');
    await admin.getByRole('button', { name: 'Sent' }).click();
    const sendAgain = admin.getByRole('button', { name: `Send again: order-${orderNumber}-placed` });
    await sendAgain.waitFor();
    await inspect(admin, 'emails');
    await sendAgain.click();
    await see(admin, `The email to ${jane.email} will be sent again`);
  });
});

describe('signing out', () => {
  it('ends both sessions, here and at the identity server, and empties the cart', async () => {
    await addToCart(customer, 1, 1);
    await customer.getByRole('button', { name: 'Account: Jane Reader' }).click();
    await inspect(customer, 'account');
    await customer.getByRole('menuitem', { name: 'Sign out' }).click();
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
    await customer.goto('/orders');
    await see(customer, 'Sign in to view orders');
    await customer.goto('/cart');
    await see(customer, 'Your cart is empty');
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await customer.getByLabel('Email address').waitFor();
  });
});

it('browsers reported no errors, such as violations of the content security policy', () => {
  expect(complaints).toEqual([]);
});
