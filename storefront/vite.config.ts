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

const api = process.env.BOOKSTORE_API ?? 'http://localhost:8290';

export default defineConfig({
  plugins: [react(), routes(), precompress()],
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
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\//, priority: 15 },
            {
              name: 'interface',
              test: /node_modules\/(@mui|@emotion|@popperjs|stylis|react-transition-group)\//,
              priority: 10,
            },
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
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
