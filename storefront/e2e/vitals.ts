import type { CDPSession, Page } from 'playwright-core';

/** Slow 4G as Lighthouse defines it, and a processor four times slower. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 };
const CPU_SLOWDOWN = 4;

export interface Vitals {
  firstContentfulPaint: number;
  largestContentfulPaint: number;
  layoutShift: number;
  requests: number;
  kib: number;
}

declare global {
  var vitals: { paint: number; shift: number };
}

/** Slows down everything that the page does from now on. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return session;
}

/** Loads an address in a page that has loaded nothing yet, and measures until the network is quiet. Times in milliseconds. */
export async function measure(page: Page, address: string): Promise<Vitals> {
  await page.addInitScript(() => {
    globalThis.vitals = { paint: 0, shift: 0 };
    new PerformanceObserver((list) => {
      globalThis.vitals.paint = list.getEntries().at(-1)!.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        globalThis.vitals.shift += (entry as PerformanceEntry & { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address);
  // Only the application has a footer, not the first view.
  await page.getByRole('contentinfo').waitFor();
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => {
    const loaded = [
      ...performance.getEntriesByType('resource'),
      ...performance.getEntriesByType('navigation'),
    ] as PerformanceResourceTiming[];
    return {
      firstContentfulPaint: Math.round(performance.getEntriesByName('first-contentful-paint')[0]!.startTime),
      largestContentfulPaint: Math.round(globalThis.vitals.paint),
      layoutShift: Number(globalThis.vitals.shift.toFixed(4)),
      requests: loaded.length,
      kib: Math.round(loaded.reduce((sum, entry) => sum + entry.transferSize, 0) / 1024),
    };
  });
}
