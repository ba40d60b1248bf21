import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { complaints, fillSignIn, inspect, launch, signIn, visitor } from './browser';

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
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Ask for an account' }).click();
  await see(page, 'We have your registration');
}

/** Puts a book on sale as staff and returns its number. */
async function newBook(title: string, stock: number): Promise<number> {
  await staff.goto('/inventory');
  await staff.getByRole('button', { name: 'Add a book' }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel('Title').fill(title);
  await dialog.getByLabel('Author').fill('Ida Merrow');
  await dialog.getByLabel('Price').fill('12.50');
  await dialog.getByLabel('Copies in stock').fill(String(stock));
  const [answer] = await Promise.all([
    staff.waitForResponse((response) => response.url().endsWith('/inventory/v1/books') && response.status() === 201),
    staff.getByRole('button', { name: 'Put it on sale' }).click(),
  ]);
  return ((await answer.json()) as { bookId: number }).bookId;
}

async function openInventoryBook(page: Page, title: string): Promise<void> {
  await page.goto(`/inventory?q=${encodeURIComponent(title)}`);
  await page.getByRole('button', { name: `Change ${title}` }).click();
  await page.getByLabel('Copies in stock').waitFor();
}

async function addToCart(page: Page, bookId: number, copies: number): Promise<void> {
  await page.goto(`/books/${bookId}`);
  await page.getByLabel('Copies', { exact: true }).fill(String(copies));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await see(page, /in your cart/);
}

async function numberOfOrders(page: Page): Promise<number> {
  await page.goto('/orders?status=all');
  await heading(page, 'My orders');
  const list = page.getByRole('list', { name: 'Orders' });
  await list.or(page.getByText('You have not ordered anything yet')).waitFor();
  return list.getByRole('listitem').count();
}

describe('everybody', () => {
  it('browses, searches and sorts', async () => {
    await customer.goto('/');
    await customer.getByRole('list', { name: 'Books' }).waitFor();
    await inspect(customer, 'catalogue');

    await customer.getByLabel('Search by title or author').fill('tolkien');
    await customer.keyboard.press('Enter');
    await heading(customer, 'Books for “tolkien”');
    await customer.getByLabel('Sort by').click();
    await customer.getByRole('option', { name: 'Price, low to high' }).click();
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
    await see(customer, 'Nothing matches “zzzz”');
    await inspect(customer, 'search-nothing');
  });

  it('turns pages', async () => {
    await customer.goto('/');
    await customer.getByRole('button', { name: 'Go to page 2', exact: true }).click();
    await customer.waitForURL(/page=2/);
    await see(customer, /^21–40 of \d+ books$/);
  });

  it('looks at a book, and at what is not there', async () => {
    await customer.goto('/books/1');
    await heading(customer, '1984');
    await see(customer, /in stock$/);
    await inspect(customer, 'book');
    await customer.goto('/books/99999999');
    await see(customer, 'This book is not on sale');
    await inspect(customer, 'book-gone');
    await customer.goto('/no/such/page');
    await see(customer, 'There is no such page');
    await inspect(customer, 'not-found');
  });

  it('reads prices as at home', async () => {
    const german = await visitor(browser, { locale: 'de-DE' });
    await german.goto('/books/1');
    await see(german, /^9,99\s\$$/);
    await german.context().close();
  });

  it('gets about with the keyboard', async () => {
    await customer.goto('/');
    await customer.getByRole('list', { name: 'Books' }).waitFor();
    await customer.keyboard.press('Tab');
    expect(await customer.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await customer.keyboard.press('Enter');
    await customer.keyboard.press('Tab');
    expect(await customer.evaluate(() => document.getElementById('main')!.contains(document.activeElement))).toBe(true);
  });

  it('is told when the shop cannot be reached, and tries again', async () => {
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
    await see(page, 'The shop is resting for a moment');
    await see(page, 'e2e-1');
    await inspect(page, 'error');
    await page.unroute('**/catalog/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('list', { name: 'Books' }).waitFor();
    await page.context().close();
  });

  it('is told when nobody can sign in', async () => {
    const page = await visitor(browser);
    // As at an identity server whose endpoints are asked for, and which does not answer.
    await page.route('**/config.json', async (route) => {
      const config = (await (await route.fetch()).json()) as { oidc: object };
      await route.fulfill({
        json: { ...config, oidc: { ...config.oidc, authority: inject('shop'), metadata: undefined } },
      });
    });
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await page.goto('/');
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await see(page, 'Nobody can sign in at the moment');
    await page.context().close();
  });
});

describe('an account', () => {
  it('is asked for, with a password that is good enough', async () => {
    await customer.goto('/register');
    await customer.getByLabel('Password').fill('short');
    await customer.getByRole('button', { name: 'Ask for an account' }).click();
    await see(customer, /8 characters or more, an upper case letter/);
    await inspect(customer, 'register');
    await register(customer, jane.email, 'Jane', 'Reader');
    statusPage = new URL(customer.url()).pathname;
    await inspect(customer, 'registration-waiting');
    await register(await visitor(browser), max.email, 'Max', 'Sender');
  });

  it('cannot be asked for twice', async () => {
    const page = await visitor(browser);
    await page.goto('/register');
    await page.getByLabel('First name').fill('Jane');
    await page.getByLabel('Last name').fill('Reader');
    await page.getByLabel('E-mail address').fill(jane.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Ask for an account' }).click();
    await see(page, 'This e-mail address cannot be registered');
    await page.context().close();
  });

  it('lets nobody in before it is approved, nor with a wrong password', async () => {
    await customer.goto('/');
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await customer.getByLabel('User name').waitFor();
    await inspect(customer, 'sign-in');
    await fillSignIn(customer, jane.email, PASSWORD);
    await see(customer, /not right/);
    await fillSignIn(customer, 'customer', 'Wrong-password-1');
    await see(customer, /not right/);
  });

  it('is approved or rejected by an administrator', async () => {
    await admin.goto('/registrations');
    await see(admin, 'Sign in to decide about registrations');
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
    await admin.getByLabel('Reason').fill('We deliver to people only.');
    await inspect(admin, 'registration-reject');
    await admin.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await see(admin, 'The registration of Max Sender is rejected');
    await row(jane.email)
      .getByRole('button', { name: /Approve/ })
      .click();
    await see(admin, 'Jane Reader can sign in now');
    await row(jane.email).waitFor({ state: 'detached' });
  });

  it('says so to the applicant, who signs in', async () => {
    await customer.goto(statusPage);
    await see(customer, 'Your account is approved');
    await inspect(customer, 'registration-approved');
    await customer.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await fillSignIn(customer, jane.email, PASSWORD);
    await customer.getByRole('button', { name: 'Account of Jane Reader' }).waitFor();
  });

  it('leaves no token in any storage, and survives a reload', async () => {
    const stored = await customer.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toMatch(/eyJ|access_token|refresh_token|id_token/);
    await customer.reload();
    await customer.getByRole('button', { name: 'Account of Jane Reader' }).waitFor();
  });
});

describe('an order', () => {
  it('is priced while the cart is filled', async () => {
    await addToCart(customer, 1, 4);
    await customer.goto('/cart');
    await see(customer, '$39.96');
    await customer.getByRole('button', { name: 'One copy more' }).click();
    await expect.poll(() => totals(customer)).toContain('−$2.50');
    await customer.getByLabel('Promotion code').fill('SUMMER2024');
    await customer.getByRole('button', { name: 'Apply' }).click();
    await see(customer, /SUMMER2024: this promotion code does not hold/);
    expect(await customer.getByRole('button', { name: 'Check out' }).isDisabled()).toBe(true);
    await inspect(customer, 'cart-promotion-expired');
    await customer.getByLabel('Promotion code').fill('welcome10');
    await customer.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => totals(customer)).toContain('with WELCOME10');
    await inspect(customer, 'cart');
  });

  it('is placed once by a double click', async () => {
    await customer.getByRole('button', { name: 'Check out' }).click();
    await customer.getByLabel('Totals').waitFor();
    await inspect(customer, 'checkout');
    await customer.getByRole('button', { name: 'Place the order' }).dblclick();
    await customer.waitForURL(/\/orders\/\d+$/);
    await see(customer, 'Thank you! Your order is placed.');
    orderNumber = /\d+$/.exec(customer.url())![0];
    await inspect(customer, 'order-placed');
    expect(await numberOfOrders(customer)).toBe(1);
    await inspect(customer, 'orders');
    await customer.goto('/cart');
    await see(customer, 'There is nothing in it yet');
    await inspect(customer, 'cart-empty');
  });

  it('is confirmed by mail', async () => {
    await vi.waitFor(
      async () => {
        const answer = await fetch(`${inject('mailbox')}/api/mails?to=${encodeURIComponent(jane.email)}`);
        expect(await answer.text()).toMatch(new RegExp(`order[^"]*\\b${orderNumber}\\b`, 'i'));
      },
      { timeout: 40_000, interval: 500 },
    );
  });

  it('is placed once when its answer is lost and the page is loaded again', async () => {
    await addToCart(customer, 2, 1);
    await customer.goto('/checkout');
    await customer.getByLabel('Totals').waitFor();
    await customer.route('**/orders/v1/orders', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await customer.getByRole('button', { name: 'Place the order' }).click();
    await see(customer, /No answer came/);
    await inspect(customer, 'checkout-no-answer');
    await customer.unroute('**/orders/v1/orders');
    await customer.reload();
    await see(customer, /You sent this order before/);
    await customer.getByRole('button', { name: 'Try again' }).click();
    await customer.waitForURL(/\/orders\/\d+$/);
    expect(await numberOfOrders(customer)).toBe(2);
  });

  it('is cancelled by its customer while it is pending', async () => {
    await customer.getByRole('list', { name: 'Orders' }).getByRole('link').first().click();
    await customer.getByRole('button', { name: 'Cancel this order' }).click();
    await inspect(customer, 'order-cancel');
    await customer.getByRole('button', { name: 'Cancel it' }).click();
    await see(customer, 'The order was cancelled. Nothing is paid.');
  });
});

describe('staff', () => {
  const title = `The Lighthouse Almanac ${run}`;
  let bookId: number;

  it('see what is for them and nothing else', async () => {
    await staff.goto('/');
    await signIn(staff, 'staff');
    const links = await staff.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
    expect(links).toEqual(['Books', 'Orders', 'Inventory']);
    await staff.goto('/registrations');
    await see(staff, 'This page is not for your account');
    await inspect(staff, 'not-for-you');
  });

  it('put a book on sale', async () => {
    bookId = await newBook(title, 3);
    await staff.goto('/inventory');
    await staff.getByRole('region', { name: 'Books' }).waitFor();
    await inspect(staff, 'inventory');
    await openInventoryBook(staff, title);
    await inspect(staff, 'inventory-change');
  });

  it('are told when somebody else was faster, and lose nothing', async () => {
    await openInventoryBook(admin, title);
    await admin.getByLabel('Price').fill('11.00');
    await admin.getByRole('button', { name: 'Save' }).click();
    await see(admin, `“${title}” is changed`);

    await staff.getByLabel('Copies in stock').fill('2');
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, 'Somebody changed this book while you did');
    await inspect(staff, 'inventory-conflict');
    await staff.getByRole('button', { name: 'Go on with mine' }).click();
    await staff.getByLabel('Price').fill('11.00');
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, `“${title}” is changed`);
    await customer.goto(`/books/${bookId}`);
    await see(customer, 'Only 2 left');
    await see(customer, '$11.00');
  });

  it('sell the last copy to somebody else: the customer is told which book is short', async () => {
    await addToCart(customer, bookId, 2);
    await customer.goto('/checkout');
    await customer.getByLabel('Totals').waitFor();
    await openInventoryBook(staff, title);
    await staff.getByLabel('Copies in stock').fill('1');
    await staff.getByRole('button', { name: 'Save' }).click();
    await see(staff, `“${title}” is changed`);
    await customer.getByRole('button', { name: 'Place the order' }).click();
    await see(customer, 'There are not enough copies left');
    await see(customer, `${title}: you want 2, there are 1`);
    await inspect(customer, 'checkout-out-of-stock');
    await customer.getByRole('link', { name: 'Back to the cart' }).first().click();
    await see(customer, 'There are only 1. Take fewer copies.');
    await customer.getByRole('button', { name: `Remove ${title}` }).click();
  });

  it('take a book off sale', async () => {
    await openInventoryBook(staff, title);
    await staff.getByRole('button', { name: 'Remove…' }).click();
    await staff.getByRole('button', { name: 'Take it off sale' }).click();
    await see(staff, `“${title}” is off sale`);
    await customer.goto(`/books/${bookId}`);
    await see(customer, 'This book is not on sale');
  });

  it('complete the order, and its customer sees it', async () => {
    await staff.goto('/orders');
    await heading(staff, 'Orders');
    await inspect(staff, 'order-queue');
    await staff.getByRole('button', { name: `Complete order ${orderNumber}`, exact: true }).click();
    await inspect(staff, 'order-complete');
    await staff.getByRole('button', { name: 'Complete it' }).click();
    await see(staff, `Order ${orderNumber} is completed`);
    await customer.goto(`/orders/${orderNumber}`);
    await see(customer, 'The books are on their way and the payment is completed.');
    await inspect(customer, 'order-completed');
    expect(await customer.getByRole('button', { name: 'Cancel this order' }).count()).toBe(0);
  });
});

describe('administrators', () => {
  it('see how the shop is doing', async () => {
    await admin.goto('/dashboard');
    await heading(admin, 'Dashboard');
    await admin.getByRole('region', { name: 'Best sellers' }).getByText('1984').waitFor();
    await admin.getByRole('region', { name: 'Low stock' }).getByRole('listitem').first().waitFor();
    await admin.getByRole('region', { name: 'Revenue' }).getByRole('application').waitFor();
    await inspect(admin, 'dashboard');
    await admin.getByText('The figures as a table').click();
    expect(await admin.getByRole('row').count()).toBe(8);
  });

  it('see what became of mails, and send one again', async () => {
    await admin.goto('/mails');
    await see(admin, 'No mail was given up');
    await admin.getByRole('button', { name: 'Sent' }).click();
    const sendAgain = admin.getByRole('button', { name: `Send again: order-${orderNumber}-placed` });
    await sendAgain.waitFor();
    await inspect(admin, 'mails');
    await sendAgain.click();
    await see(admin, `The mail to ${jane.email} is on its way again`);
  });
});

describe('signing out', () => {
  it('ends the session here and at the identity server, and empties the cart', async () => {
    await addToCart(customer, 1, 1);
    await customer.getByRole('button', { name: 'Account of Jane Reader' }).click();
    await customer.getByRole('menuitem', { name: 'Sign out' }).click();
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
    await customer.goto('/orders');
    await see(customer, 'Sign in to see orders');
    await customer.goto('/cart');
    await see(customer, 'There is nothing in it yet');
    await customer.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await customer.getByLabel('User name').waitFor();
  });
});

it('pages raised no complaint of the browser, such as a breach of the content security policy', () => {
  expect(complaints).toEqual([]);
});
