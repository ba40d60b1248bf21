// Runs the Postman collection against a running bookstore, twice, and holds the saved answers of the collection and docs/api-samples.md
// to what was answered. Usage: with-node node samples.mjs [--write]
// BASE_URL, MAILBOX_URL, CUSTOMER_TOKEN, STAFF_TOKEN, ADMIN_TOKEN; --write writes both files instead. The bookstore must be a new one: numbers count from its start.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import newman from 'newman';

const here = dirname(fileURLToPath(import.meta.url));
const collectionFile = join(here, 'postman/bookstore.postman_collection.json');
const documentFile = join(here, '../docs/api-samples.md');
const shownBase = 'http://localhost:8290';
const shownHeaders = ['Content-Type', 'Location', 'ETag', 'Idempotency-Replayed', 'WWW-Authenticate', 'Retry-After', 'Cache-Control', 'RateLimit-Policy'];

const environment = JSON.parse(readFileSync(join(here, 'postman/local.postman_environment.json')));
const values = { baseUrl: need('BASE_URL'), mailboxUrl: need('MAILBOX_URL'), customerToken: need('CUSTOMER_TOKEN'), staffToken: need('STAFF_TOKEN'), adminToken: need('ADMIN_TOKEN') };
environment.values.forEach((entry) => { entry.value = values[entry.key]; });

function need(name) {
    if (!process.env[name]) {
        throw new Error(`${name} is not set`);
    }
    return process.env[name];
}

function run(collection, reporters) {
    return new Promise((resolve, reject) => {
        newman.run({ collection, environment, reporters, timeoutRequest: 30_000 }, (error, summary) => {
            if (error || summary.run.failures.length > 0) {
                const failures = summary ? summary.run.failures.map((f) => `${f.source?.name}: ${f.error.message}`) : [];
                reject(new Error([error?.message, ...failures].filter(Boolean).join('\n')));
            } else {
                resolve(summary);
            }
        });
    });
}

/** Takes out what differs from run to run: the name of the run, days and times, random ids. */
function normalizer(summary) {
    const key = summary.run.executions.find(({ item }) => item.name === 'Place an order').request.headers.get('Idempotency-Key');
    const day = (daysAgo) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const shown = new Map([[values.baseUrl, shownBase], [key.replace('order-', ''), '2026'], [key.replace('order-', '').toUpperCase(), '2026'], [day(0), '2026-11-22'], [day(1), '2026-11-21']]);
    // All at once: on the day after the one that is shown, today would be taken for yesterday in a second step.
    const known = new RegExp([...shown.keys()].map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
    return (text) => text.replace(known, (value) => shown.get(value))
        .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '4b1c1f0e-c7d0-41f0-9d0a-0242ac120002')
        .replace(/(registrations\/|"registrationId": ?")[\w-]{40,}/g, '$1REGISTRATION-ID')
        .replace(/eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/g, 'CONFIRMATION-TOKEN')
        // The tests' bookstore lets more register than the default.
        .replace('q=1000;w=3600', 'q=10;w=3600')
        .replace(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '2026-11-22T20:00:00Z');
}

/** Mails are queued and sent while the run goes on: which of them is the newest, and what became of it, is chance. */
const shownMail = {
    mailId: 3, mailKey: '"order-1-placed"', kind: '"order_placed"', recipients: '"customer@books.com"', status: '"waiting"', attempts: 0,
    correlationId: '"4b1c1f0e-c7d0-41f0-9d0a-0242ac120002"', nextAttemptAt: '"2026-11-22T20:00:00Z"', sentAt: null, lastError: null, total: 4,
    next: '"ZW1haWxzWzNd"',
};

function normalizeMails(name, body) {
    const shown = { ...shownMail };
    if (name === 'Email a summary') {
        ['mailKey', 'kind', 'recipients'].forEach((known) => delete shown[known]);
    } else if (name !== 'List emails' && name !== 'Send an email again') {
        return body;
    }
    return body.replace(/"(\w+)": ?("[^"]*"|\d+|null)/g, (field, key) => (key in shown ? `"${key}": ${shown[key]}` : field));
}

function answers(summary, normalize) {
    const byName = new Map();
    // A request that was repeated until something had happened counts as it was the last time.
    summary.run.executions.forEach(({ item, request, response }) => {
        const body = normalizeMails(item.name, normalize(response.stream ? response.stream.toString('utf8') : ''));
        const headers = shownHeaders.filter((name) => response.headers.get(name)).map((name) => ({ key: name, value: normalize(response.headers.get(name)) }));
        byName.set(item.name, { request, code: response.code, status: response.status, headers, body });
    });
    return byName;
}

function withAnswers(collection, byName) {
    const copy = structuredClone(collection);
    copy.item.forEach((folder) => folder.item.forEach((item) => {
        const answer = byName.get(item.name);
        item.response = [{
            name: `${answer.code} ${answer.status}`,
            originalRequest: item.request,
            status: answer.status,
            code: answer.code,
            _postman_previewlanguage: answer.body ? 'json' : 'text',
            header: answer.headers,
            body: answer.body,
        }];
    }));
    return JSON.stringify(copy, null, 2) + '\n';
}

function document(collection, byName, normalize) {
    const lines = ['# The APIs by example', '',
        'Every endpoint with its answer. A run on the embedded system writes this page and the [Postman collection](../samples/README.md); the build fails when an answer',
        'changes. Times, random IDs and tokens are replaced. Get tokens first:', '', '```console', '$ CUSTOMER=$(./bookstore token customer) STAFF=$(./bookstore token staff) ADMIN=$(./bookstore token admin)', '```'];
    collection.item.forEach((folder) => {
        lines.push('', `## ${folder.name}`, '', folder.description);
        folder.item.forEach((item) => lines.push('', `### ${item.name}`, '', item.request.description, '', '```console', ...example(item, byName.get(item.name), normalize), '```'));
    });
    return lines.join('\n') + '\n';
}

function example(item, answer, normalize) {
    const { method, auth } = item.request;
    const address = normalize(answer.request.url.toString()).replace(/(\/mails\/)\d+/, `$1${shownMail.mailId}`);
    const parts = [`curl -i${method === 'GET' || item.request.body ? '' : ` -X ${method}`}`, quote(address)];
    if (item.request.body && method !== 'POST') {
        parts[0] += ` -X ${method}`;
    }
    if (auth.type === 'bearer') {
        parts.push(`-H "Authorization: Bearer $${auth.bearer[0].value.replace(/\{\{(\w+)Token}}/, '$1').toUpperCase()}"`);
    }
    const own = new Set(item.request.header.map((header) => header.key));
    answer.request.headers.filter((header) => own.has(header.key)).forEach((header) => parts.push(`-H ${quote(normalize(`${header.key}: ${header.value}`))}`));
    if (item.request.body) {
        parts.push(`-d ${quote(normalize(answer.request.body.raw))}`);
    }
    const result = [`$ ${parts.join(' \\\n       ')}`, `HTTP/1.1 ${answer.code} ${answer.status}`, ...answer.headers.map((header) => `${header.key}: ${header.value}`)];
    return answer.body ? [...result, '', answer.body.trim()] : result;
}

function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

function hold(file, expected) {
    if (process.argv.includes('--write')) {
        writeFileSync(file, expected);
        return true;
    }
    const actual = readFileSync(file, 'utf8');
    if (actual === expected) {
        return true;
    }
    const [was, is] = [actual.split('\n'), expected.split('\n')];
    const line = is.findIndex((text, index) => text !== was[index]);
    console.error(`${file}:${line + 1} says\n  ${was[line]}\nbut the system answers\n  ${is[line]}\nIf that is meant: samples/README.md says how to write it.`);
    return false;
}

const collection = JSON.parse(readFileSync(collectionFile, 'utf8'));
collection.item.forEach((folder) => folder.item.forEach((item) => { item.response = []; }));
const summary = await run(collection, ['cli']);
await run(collection, []);
console.log('The collection ran twice.');
const normalize = normalizer(summary);
const byName = answers(summary, normalize);
const kept = [hold(collectionFile, withAnswers(collection, byName)), hold(documentFile, document(collection, byName, normalize))];
process.exitCode = kept.every(Boolean) ? 0 : 1;
