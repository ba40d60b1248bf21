// Runs npm ci only if package-lock.json or the version of Node.js has changed, because it takes a while and needs the registry.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const wanted = createHash('sha256').update(readFileSync('package-lock.json')).update(process.version).digest('hex');
const mark = 'node_modules/.installed';

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(mark, wanted);
}
