// Measures the first load of the catalog of a running bookstore: node e2e/first-load.mjs http://localhost:8080 [path of Chromium]
import { chromium } from 'playwright-core';

const [, , shop = 'http://localhost:8080', executablePath = '/usr/bin/chromium'] = process.argv;
const RUNS = 5;

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const runs = [];
for (let run = 0; run < RUNS; run += 1) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      globalThis.largestPaint = list.getEntries().at(-1).startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(shop);
  await page.getByRole('list', { name: 'Books' }).waitFor();
  await page.waitForLoadState('networkidle');
  runs.push(
    await page.evaluate(() => ({
      'first contentful paint, ms': Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
      'largest contentful paint, ms': Math.round(globalThis.largestPaint),
      'layout shift': Number(globalThis.shift.toFixed(4)),
      requests: performance.getEntriesByType('resource').length + 1,
      'KiB transferred': Math.round(
        [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].reduce(
          (sum, entry) => sum + entry.transferSize,
          0,
        ) / 1024,
      ),
    })),
  );
  await context.close();
}
await browser.close();
console.table(runs);
