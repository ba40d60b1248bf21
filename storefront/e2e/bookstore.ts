import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    shop: string;
    mailbox: string;
  }
}

const home = fileURLToPath(new URL('../..', import.meta.url));
const data = fileURLToPath(new URL('target/data', import.meta.url));
const START_MILLIS = 240_000;
const STOP_MILLIS = 60_000;

/** Starts the bookstore from its command line, on free ports and with an empty data directory. SHOP_URL and MAILBOX_URL select a running one instead. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { SHOP_URL: shop, MAILBOX_URL: mailbox } = process.env;
  if (shop && mailbox) {
    project.provide('shop', shop);
    project.provide('mailbox', mailbox);
    return undefined;
  }
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const bookstore = await up();
  const running = readFileSync(`${data}/running.properties`, 'utf8');
  const address = (part: string) => new RegExp(`^${part}=(.*)$`, 'm').exec(running)![1]!.replaceAll('\\:', ':');
  project.provide('shop', address('shop'));
  project.provide('mailbox', address('mailbox'));
  return () => down(bookstore);
}

function up(): Promise<ChildProcess> {
  const version = execFileSync(`${home}/build-tools/version`, { encoding: 'utf8' }).trim();
  const java =
    process.env.JAVA_HOME && existsSync(`${process.env.JAVA_HOME}/bin/java`)
      ? `${process.env.JAVA_HOME}/bin/java`
      : 'java';
  const ports = ['site', '', 'identity', 'scim', 'sign-in', 'metrics', 'smtp', 'mailbox'].flatMap((name) => [
    name ? `--${name}-port` : '--port',
    '0',
  ]);
  const bookstore = spawn(java, [
    '-Xmx512m',
    `-Dbookstore.home=${home}`,
    '-cp',
    `${home}/embedded/launcher/target/bookstore-launcher-${version}.jar:${home}/embedded/launcher/target/lib/*`,
    'com.books.bookstore.launcher.BookstoreCommand',
    'up',
    ...ports,
    '--data-dir',
    data,
  ]);
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => {
      bookstore.kill();
      reject(new Error(`The bookstore did not start in time:\n${printed}`));
    }, START_MILLIS);
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Ctrl-C stops it.')) {
        clearTimeout(timer);
        printed = '';
        resolve(bookstore);
      }
    };
    bookstore.stdout.on('data', listen);
    bookstore.stderr.on('data', listen);
    bookstore.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The bookstore ended with ${code}:\n${printed}`));
    });
  });
}

function down(bookstore: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      bookstore.kill('SIGKILL');
      reject(new Error('The bookstore did not stop'));
    }, STOP_MILLIS);
    bookstore.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    bookstore.kill();
  });
}
