// Parses and lints the Dockerfiles. Prints every finding, and ends with 1 if there is one.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';

const deployment = dirname(dirname(fileURLToPath(import.meta.url)));
const linter = join(dirname(createRequire(import.meta.url).resolve('dockerfilelint/package.json')), 'bin/dockerfilelint');
const files = readdirSync(deployment).map(directory => join(deployment, directory, 'Dockerfile')).filter(existsSync);
const findings = files.length > 0 ? [] : ['There is no Dockerfile: is this the right directory?'];

for (const file of files) {
    const name = relative(deployment, file);
    validate(readFileSync(file, 'utf8')).forEach(problem => findings.push(`${name}:${problem.range.start.line + 1}: ${problem.message}`));
    lint(file).files.flatMap(linted => linted.issues)
        .forEach(issue => findings.push(`${name}:${issue.line}: ${issue.title}: ${issue.description}`));
}
findings.forEach(finding => console.error(finding));
process.exitCode = findings.length === 0 ? 0 : 1;

/** The linter ends with another code than 0 when it has found something. */
function lint(file) {
    let output;
    try {
        output = execFileSync(process.execPath, [linter, '--output', 'json', file], { encoding: 'utf8' });
    } catch (failure) {
        output = failure.stdout;
    }
    return JSON.parse(output);
}
