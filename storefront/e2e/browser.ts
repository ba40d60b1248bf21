import { AxeBuilder } from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, vi } from 'vitest';

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

const screenshots = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

const LOOKS = [
  { suffix: '-phone-dark', viewport: PHONE, colorScheme: 'dark' },
  { suffix: '', viewport: DESKTOP, colorScheme: 'light' },
] as const;

/** Checks the page on a phone in dark mode and on a desktop in light mode: no axe violations, one main heading, no horizontal scrolling. Takes screenshots if they are wanted. */
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
    // The script stays in the page: the second look need not load it again.
    const axeSource = (await page.evaluate(() => 'axe' in globalThis)) ? ';' : undefined;
    // In the page alone, which has no frames: otherwise axe opens another page for each result.
    const { violations } = await new AxeBuilder({ page, axeSource })
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
    if (process.env.UPDATE_SCREENSHOTS) {
      await page.screenshot({ path: `${screenshots}/${name}${suffix}.jpg`, type: 'jpeg', quality: 80 });
    }
  }
}

const WIDTHS = [320, 360, 599, 600, 768, 899, 900, 1000, 1199, 1200, 1440, 1920];

/** Checks the header at the widths where it changes: one row, nothing beside the screen, over something else, or too narrow to use. */
export async function inspectHeader(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: DESKTOP.height });
    const inspected = () => {
      const header = document.querySelector('header')!;
      const found: string[] = [];
      if (header.offsetHeight > 65) found.push(`${header.offsetHeight} pixels high`);
      if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
      const parts = [...header.querySelectorAll<HTMLElement>('a, nav button, form, button')]
        .filter((part) => part.offsetParent && !part.parentElement!.closest('form'))
        .map((part) => ({
          text: part.textContent || part.ariaLabel || part.tagName,
          box: part.getBoundingClientRect(),
        }));
      parts.forEach(({ text, box }, index) => {
        if (box.left < 0 || box.right > innerWidth) found.push(`${text} is beside the screen`);
        if (index > 0 && box.left < parts[index - 1]!.box.right - 1)
          found.push(`${text} is over ${parts[index - 1]!.text}`);
        if (text === 'FORM' && box.width < 150) found.push(`the search field is ${box.width} pixels wide`);
      });
      return found;
    };
    // The header makes room a moment after the window has another size.
    let faults: string[] = [];
    await vi
      .waitFor(
        async () => {
          faults = await page.evaluate(inspected);
          expect(faults).toEqual([]);
        },
        { timeout: 3000 },
      )
      .catch(() => undefined);
    expect.soft(faults, `header of ${name} at ${width} pixels`).toEqual([]);
  }
  await page.setViewportSize(DESKTOP);
}
