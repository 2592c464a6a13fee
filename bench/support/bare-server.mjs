/**
 * Fastify and pg alone: answers /NAME with the rows of the SQL that the service runs for the read of that name, as prepared
 * statements. Argument: JSON with the database's url, the clock, and a loan with its driver and lease.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import Fastify from 'fastify';
import pg from 'pg';
import { CoreModule } from '../../dist/src/core.module.js';
import { DriverQuery } from '../../dist/src/modules/drivers/driver/driver.query.js';
import { LedgerQueryService } from '../../dist/src/modules/ledger/balances/ledger-query.service.js';
import { StatementService } from '../../dist/src/modules/ledger/statements/statement.service.js';
import { LoanQueryService } from '../../dist/src/modules/loans/overview/loan-query.service.js';
import { SystemClock } from '../../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../../dist/src/platform/config/load-config.js';
import { SECRET } from './database.mjs';

const { url, clock, driver_id, lease_id, loan_id, period_start } = JSON.parse(process.argv[2]);
const statements = await statementsOf({
  loan: (find) => find(LoanQueryService).get(loan_id),
  account: (find) => find(LedgerQueryService).openBalances(driver_id, lease_id),
  driver: (find) => find(DriverQuery).get(driver_id),
  statement: (find) => find(StatementService).answer({ driver_id, lease_id, period_start }),
});
const pool = new pg.Pool({ connectionString: url, max: 20 });
const app = Fastify();
app.get('/:name', async (request) => {
  const answers = [];
  for (const statement of statements[request.params.name]) answers.push((await pool.query(statement)).rows);
  return answers;
});
console.log(`ready on ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
process.on('SIGTERM', () => process.exit(0));

/** The statements that each read of the service sends, with their values. */
async function statementsOf(reads) {
  const send = pg.Client.prototype.query;
  let recorded = [];
  pg.Client.prototype.query = function (query, values, ...rest) {
    const statement = typeof query === 'string' ? { text: query, values } : query;
    if (Array.isArray(statement.values)) recorded.push({ text: statement.text, values: statement.values });
    return send.call(this, query, values, ...rest);
  };
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({
      ...{ config, databaseUrl: url, jwtSecret: '' },
      clock: new SystemClock(config.APP_TIMEZONE, clock),
    }),
    { logger: false },
  );
  const named = {};
  for (const [name, read] of Object.entries(reads)) {
    recorded = [];
    await read((service) => context.get(service, { strict: false }));
    named[name] = recorded.map((statement, index) => ({ name: `${name}_${index}`, ...statement }));
  }
  pg.Client.prototype.query = send;
  await context.close();
  return named;
}
