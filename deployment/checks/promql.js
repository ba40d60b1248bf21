// Parses the queries of alert rules and dashboard with Prometheus's own grammar. Prints every one that it does not accept, and ends with 1 if there is one.
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

const operations = new URL('../../operations/', import.meta.url);
const rules = parse(readFileSync(new URL('prometheus/alerts.yaml', operations), 'utf8')).groups.flatMap(group => group.rules);
const dashboard = JSON.parse(readFileSync(new URL('grafana/bookstore-dashboard.json', operations), 'utf8'));
const queries = [
    ...rules.map(rule => [rule.alert, rule.expr]),
    ...dashboard.panels.flatMap(panel => (panel.targets ?? []).map(target => [panel.title, target.expr])),
];
const findings = queries.length > 25 ? [] : [`Only ${queries.length} queries were found: have the files moved?`];

for (const [name, query] of queries) {
    // Grafana replaces its variables before it asks.
    parser.parse(query.replace(/\$__rate_interval|\$__interval/g, '5m').replace(/\$\w+/g, 'x')).iterate({
        enter: node => {
            if (node.type.isError) {
                findings.push(`${name}: not PromQL at character ${node.from}: ${query}`);
            }
        },
    });
}
findings.forEach(finding => console.error(finding));
process.exitCode = findings.length === 0 ? 0 : 1;
