import { launch } from './chromium';
import { measure, slowDown } from './vitals';

/** Measures the first load of a running bookstore: SHOP_URL=http://localhost:8080 npm run first-load */
const shop = process.env.SHOP_URL ?? 'http://localhost:8080';
const RUNS = Number(process.env.RUNS ?? 5);
const PHONE = { width: 360, height: 640 };
const DESKTOP = { width: 1000, height: 720 };

const browser = await launch();
const rows = [];
for (const path of ['/', '/books/1']) {
  for (const slow of [false, true]) {
    for (let run = 0; run < RUNS; run += 1) {
      const context = await browser.newContext({ viewport: slow ? PHONE : DESKTOP });
      const page = await context.newPage();
      if (slow) await slowDown(page);
      rows.push({
        path,
        conditions: slow ? 'phone, Slow 4G, 4x CPU' : 'desktop',
        ...(await measure(page, shop + path)),
      });
      await context.close();
    }
  }
}
await browser.close();
console.table(rows);
