import { once } from 'node:events';
import pg from 'pg';

/** Time limit for the server to accept the request and close its connection */
const TIMEOUT_MS = 5_000;

/** Parts of a connection that its types leave out. */
interface RawConnection extends pg.Connection {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/** Parts of a client that its types leave out. Both keys are null until the server has sent them. */
type KeyedClient = pg.Client & {
  readonly processID: number | null;
  readonly secretKey: number | null;
};

/**
 * Cancels the running statement of the client with a CancelRequest of the PostgreSQL protocol. This needs no login
 * and no pool connection. It also works behind PgBouncer, where `pg_cancel_backend` does not because the client
 * does not know its server process. The server closes the request's connection after it has sent the signal, so the
 * signal cannot reach a later statement. Returns false if the server did not do this in time.
 */
export async function sendCancelRequest(client: pg.Client): Promise<boolean> {
  const { processID, secretKey, host, port, ssl } = client as KeyedClient;
  if (processID === null || secretKey === null) return true;
  const connection = new pg.Connection({ ssl }) as RawConnection;
  const ended = once(connection, 'end', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  // an "end" event follows every error
  connection.on('error', () => undefined);
  connection.on('connect', () => (ssl ? connection.requestSsl() : connection.cancel(processID, secretKey)));
  connection.on('sslconnect', () => connection.cancel(processID, secretKey));
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
  try {
    await ended;
    return true;
  } catch {
    return false;
  } finally {
    connection.stream.destroy();
  }
}
