import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportReportResponse } from '../../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../../support/api-client.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const EXAMPLES = path.resolve(__dirname, '../../../docs/examples');

export const example = (name: string): string => readFileSync(path.join(EXAMPLES, name), 'utf8');

export let app: TestApp;

export const send = (csv: string, query = ''): Promise<ApiAnswer<ImportReportResponse>> =>
  app.as('FINANCE').post<ImportReportResponse>(`/drivers/import${query}`, csv);

export const drivers = (): Promise<object[]> =>
  app.db.query(
    `SELECT tlc_license_number AS tlc, first_name, last_name, phone, email, status FROM drivers ORDER BY id`,
  );

/** The driver and the audit log, with every column that a change affects. */
export const books = (): Promise<object[]> =>
  app.db.query('SELECT to_jsonb(d) FROM drivers d UNION ALL SELECT to_jsonb(a) FROM audit_log a');

/** Starts the application for the tests of a file. */
export function useDriverImport(): void {
  beforeEach(async () => {
    app = await startTestApp();
  });
  afterEach(() => app.close());
}
