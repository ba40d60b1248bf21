import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject } from 'vitest';

const DESKTOP = { width: 1000, height: 720 };
const PHONE = { width: 390, height: 780 };

/** Errors and warnings that browsers reported, except those that the tests provoke. */
export const complaints: string[] = [];

/** Opens a page in a new browser context: its own cookies and storage. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: inject('shop'),
    locale: 'en-US',
    viewport: DESKTOP,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // The browser logs every response with status 400 or above, every connection that a test aborts, and preloaded files that a page
    // did not use within seconds, such as one that leaves for a slow identity server.
    const expected = /^Failed to load resource|was preloaded using link preload but not used/;
    if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  return page;
}

export async function signIn(page: Page, user: string, password = 'Bookstore-1'): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await fillSignIn(page, user, password);
  await page.getByRole('button', { name: /^Account:/ }).waitFor();
}

export async function fillSignIn(page: Page, user: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const screenshots = fileURLToPath(
  new URL(process.env.UPDATE_SCREENSHOTS ? '../../docs/screenshots' : 'target/screenshots', import.meta.url),
);
mkdirSync(screenshots, { recursive: true });

const LOOKS = [
  { suffix: '-phone-dark', viewport: PHONE, colorScheme: 'dark' },
  { suffix: '', viewport: DESKTOP, colorScheme: 'light' },
] as const;

/** Checks the page on a phone in dark mode and on a desktop in light mode: no axe violations, one main heading, no horizontal scrolling. Takes screenshots. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const { suffix, viewport, colorScheme } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    // The site changes its theme asynchronously; the identity server's page has no such attribute.
    await page.waitForFunction(
      (scheme) => [scheme, undefined].includes(document.documentElement.dataset.theme),
      colorScheme as string,
    );
    // Pages are loaded when they are opened first.
    await page.locator('h1').first().waitFor();
    // In the page alone, which has no frames: otherwise axe opens another page for each result.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect.soft(found, `${name}${suffix}`).toEqual([]);
    expect.soft(await page.locator('h1').count(), `${name}${suffix}: main headings`).toBe(1);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${name}${suffix} is wider than the screen by`).toBe(0);
    await page.screenshot({ path: `${screenshots}/${name}${suffix}.jpg`, type: 'jpeg', quality: 80 });
  }
}
