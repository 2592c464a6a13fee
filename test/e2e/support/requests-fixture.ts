import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import { aLease } from '../../support/factories.js';
import type { Operation } from '../../support/operations.js';
import { operationsOf } from '../../support/operations.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

export let app: TestApp;

export let finance: ApiClient;

export let operations: Operation[];

export let borrower: { driver_id: number; lease_id: number };

export const send = (
  client: ApiClient,
  { method }: Pick<Operation, 'method'>,
  path: string,
  body: object = {},
): Promise<ApiAnswer<unknown>> => {
  switch (method) {
    case 'GET':
      return client.get<unknown>(path);
    case 'POST':
      return client.post<unknown>(path, body);
    case 'PUT':
      return client.put<unknown>(path, body);
    case 'PATCH':
      return client.patch<unknown>(path, body);
    case 'DELETE':
      return client.delete<unknown>(path);
  }
};

/** Sends the text unchanged, without a serializer. */
export const sendText = (
  path: string,
  text: string,
  type = 'application/json',
): Promise<ApiAnswer<unknown>> => finance.post<unknown>(path, Buffer.from(text), { 'content-type': type });

/** Starts the application for the tests of a file. */
export function useOperations(): void {
  beforeAll(async () => {
    app = await startTestApp();
    finance = app.as('FINANCE');
    operations = await operationsOf(app);
    const { driver_id, id } = await aLease(app);
    borrower = { driver_id, lease_id: id };
  });
  afterAll(() => app.close());
}
