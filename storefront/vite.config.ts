import react from '@vitejs/plugin-react';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Writes compressed copies of the files, so that web servers need not compress them. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // Reads the written files: Vite changes the bundle until then.
    async writeBundle({ dir }, bundle) {
      await Promise.all(
        Object.keys(bundle)
          .filter((file) => /\.(js|css|html)$/.test(file))
          .map(async (file) => {
            const path = join(dir!, file);
            const source = await readFile(path);
            await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
            await writeFile(
              `${path}.br`,
              brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
            );
          }),
      );
    },
  };
}

const MAX_FIRST_PAGE_KIB = 190;

/** Fails the build when the scripts of the first page, with its texts, get larger than the budget after Brotli. */
function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const size = (file: string) => {
        const chunk = bundle[file];
        return chunk?.type === 'chunk' ? brotliCompressSync(chunk.code).length : 0;
      };
      const first = new Set<string>();
      const visit = (file: string) => {
        const chunk = bundle[file];
        if (chunk?.type !== 'chunk' || first.has(file)) return;
        first.add(file);
        chunk.imports.forEach(visit);
      };
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      chunks.filter(({ isEntry }) => isEntry).forEach(({ fileName }) => visit(fileName));
      const languages = chunks.filter(({ facadeModuleId }) => facadeModuleId?.includes('/i18n/locales/'));
      const kib =
        ([...first].reduce((sum, file) => sum + size(file), 0) +
          Math.max(0, ...languages.map(({ fileName }) => size(fileName)))) /
        1024;
      if (kib > MAX_FIRST_PAGE_KIB) {
        this.error(
          `The scripts of the first page have ${kib.toFixed(1)} KiB; at most ${MAX_FIRST_PAGE_KIB} are allowed. Load what it does not need later, or choose a smaller library.`,
        );
      }
    },
  };
}

/** Writes the addresses of the pages for web servers, which answer 404 for all others; nginx includes the file in a map. */
function routes(): Plugin {
  return {
    name: 'routes',
    apply: 'build',
    async generateBundle() {
      const app = await readFile(new URL('src/App.tsx', import.meta.url), 'utf8');
      const paths = [...app.matchAll(/path: '(\/[^']*)'/g)].map(([, path]) => path!);
      const source = [...paths, '/callback']
        .map((path) => `~^${path.replace(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$ 1;\n`)
        .join('');
      this.emitFile({ type: 'asset', fileName: 'routes.conf', source });
    },
  };
}

/**
 * Keeps the first font that was drawn, so that texts do not move, and requests the fonts of Latin texts with the page: on all but slow
 * connections they are there before the first texts.
 */
function fonts(): Plugin {
  return {
    name: 'fonts',
    enforce: 'pre',
    transform: (code, id) =>
      /@fontsource.*\.css$/.test(id) ? code.replaceAll('font-display: swap', 'font-display: optional') : undefined,
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /-latin-wght-normal-.*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
            injectTo: 'head',
          })),
    },
  };
}

interface Modules {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

/** Whether the entry needs the module before it can show anything. */
function isOnFirstPage(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (id.endsWith('/src/main.tsx')) return true;
  if (/lucide-react\/dist\/esm\/icons\//.test(id)) return false;
  if (seen.has(id)) return false;
  seen.add(id);
  return modules.getModuleInfo(id)?.importers.some((importer) => isOnFirstPage(importer, modules, seen)) ?? false;
}

const api = process.env.BOOKSTORE_API ?? 'http://localhost:8290';

export default defineConfig({
  plugins: [react(), fonts(), routes(), budget(), precompress()],
  build: {
    outDir: 'target/classes/site',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Libraries change less often than the site, so browsers can cache them across releases.
        codeSplitting: {
          groups: [
            // Runs before the other files are loaded.
            {
              name: 'early',
              test: /\/src\/(early|firstView|catalogQuery|paging|config|format|quantityDiscounts|auth\/marks|i18n\/languages)\.ts$|vite\/preload-helper/,
              priority: 20,
            },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\//, priority: 15 },
            // One file instead of many small ones, each of which would cost a round trip.
            { debugName: 'first', name: (id, context) => (isOnFirstPage(id, context) ? 'first' : null), priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      ...Object.fromEntries(
        ['/catalog/v1/', '/inventory/v1/', '/orders/v1/', '/registrations/v1/', '/reports/v1/', '/mails/v1/'].map(
          (path) => [path, api],
        ),
      ),
      '/config.json': process.env.BOOKSTORE_SHOP ?? 'http://localhost:8080',
    },
  },
  test: { include: ['test/**/*.test.{ts,tsx}'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
