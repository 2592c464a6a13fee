import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InstallmentPostingService } from '../../src/modules/loans/index.js';
import { PostingScheduleService } from '../../src/modules/loans/posting-runs/posting-schedule.service.js';
import { aLoan } from '../support/factories.js';
import { metricsIn } from '../support/promql.js';
import { scrape } from '../support/scrape.js';
import { startTestApp } from '../support/test-app.js';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const alerts = read('ops/prometheus/alerts.yml');
const dashboard = JSON.parse(read('ops/grafana/dashboards/driver-loans.json')) as Dashboard;
const compose = read('docker-compose.yml');

/** Every expression, from its key to the next key. */
const alertExpressions = [...alerts.matchAll(/expr:([\s\S]*?)\n\s+(?:for|labels):/g)].map(([, expr]) =>
  String(expr),
);
const panelExpressions = dashboard.panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr));

describe('the metric names of an expression', () => {
  it.each([
    ['max(a_total) > 1800', ['a_total']],
    ['sum by (le, route) (rate(b_bucket{route=~"/api/.*"}[5m])) / sum(c)', ['b_bucket', 'c']],
    ['up{job="x"} == 0 or absent(up{job="x"})', ['up', 'up']],
    ['time() - max(d_seconds) > 7 * 86400', ['d_seconds']],
  ])('are extracted from %s', (expression, names) => {
    expect(metricsIn(expression)).toEqual(names);
  });
});

describe('the configuration of Prometheus and Grafana', () => {
  it('uses only metrics that the service exports, and "up" of Prometheus', async () => {
    const app = await startTestApp();
    try {
      // metrics with labels exist only after an event
      await aLoan(app, { start_week: '2025-10-26' });
      const { week } = app.get(PostingScheduleService).latest();
      await app.get(InstallmentPostingService).postScheduled(week, new AbortController().signal);
      const { names } = await scrape(app);
      const used = [...alertExpressions, ...panelExpressions].flatMap(metricsIn);
      expect(used.length).toBeGreaterThan(30);
      expect(used.filter((name) => name !== 'up' && !names.has(name))).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('has a severity, a description and an existing runbook heading for every alert', () => {
    const rules = alerts.split(/^ +- alert: /m).slice(1);
    expect(rules).toHaveLength(alertExpressions.length);
    for (const rule of rules) {
      const name = rule.split('\n', 1)[0] ?? '';
      expect(rule).toMatch(/severity: (critical|warning)/);
      expect(rule).toMatch(/summary: \S/);
      expect(rule).toMatch(/description: \S/);
      expect(rule).toContain(`runbook_url: docs/operations.md#${name.toLowerCase()}\n`);
    }
  });

  it('exists where docker-compose.yml mounts it from, and is read where it is mounted', () => {
    const mounts = [...compose.matchAll(/- (\.\/[^:]+):([^:\s]+):ro$/gm)].map(([, from, to]) => ({
      from: String(from),
      to: String(to),
    }));
    expect(mounts).toHaveLength(5);
    expect(mounts.filter(({ from }) => !existsSync(path.join(ROOT, from)))).toEqual([]);
    const targets = mounts.map(({ to }) => to);
    expect(targets).toContain(/^ {2}- (\/\S+)$/m.exec(read('ops/prometheus/prometheus.yml'))?.[1]);
    expect(targets).toContain(
      /path: (\/\S+)$/m.exec(read('ops/grafana/provisioning/dashboards/driver-loans.yml'))?.[1],
    );
  });

  it('has no default for any secret, and opens no port beyond localhost', () => {
    const secrets = [...compose.matchAll(/\$\{(\w*(?:SECRET|PASSWORD|TOKEN))([^}]*)\}/g)];
    expect(secrets.map(([, name]) => name)).toEqual(
      expect.arrayContaining([
        'AUTH_JWT_SECRET',
        'POSTGRES_PASSWORD',
        'DATABASE_OWNER_PASSWORD',
        'DATABASE_SERVICE_PASSWORD',
        'METRICS_TOKEN',
        'GRAFANA_ADMIN_PASSWORD',
      ]),
    );
    expect(secrets.filter(([, , rule]) => !rule?.startsWith(':?'))).toEqual([]);
    const ports = [...compose.matchAll(/ports:\n((?:\s+(?:#|- ').*\n)+)/g)].flatMap(([, lines]) =>
      [...String(lines).matchAll(/- '([^']*)'/g)].map(([, port]) => String(port)),
    );
    expect(ports).toHaveLength(3);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('runs the service with the restricted role, without the URL of the owner in its environment', () => {
    expect(compose).toMatch(/ DATABASE_URL: postgres:\/\/driver_loans_service:/);
    expect(compose).toMatch(/ DATABASE_MIGRATION_URL: postgres:\/\/driver_loans:/);
    expect(compose).toMatch(/migrate && exec env -u DATABASE_MIGRATION_URL node dist\/src\/main\.js/);
  });

  it('uses images with a fixed version', () => {
    const images = [...compose.matchAll(/image: (\S+)/g)].map(([, image]) => String(image));
    expect(images).toHaveLength(3);
    expect(images.filter((image) => !/:v?\d+\.\d+(\.\d+)?$/.test(image))).toEqual([]);
  });
});
