import { once } from 'node:events';
import pg from 'pg';

/** How long the server may take to accept the request and close its connection */
const TIMEOUT_MS = 5_000;

/** The parts of a connection that its types leave out. */
interface RawConnection extends pg.Connection {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/** The parts of a client that its types leave out. Both keys are null until the server has sent them. */
type KeyedClient = pg.Client & {
  readonly processID: number | null;
  readonly secretKey: number | null;
};

/**
 * Asks the server to cancel the statement that runs on the client's connection, by a CancelRequest of PostgreSQL's protocol.
 * It needs no login and no connection of the pool, and it works behind PgBouncer, where `pg_cancel_backend` does not: the
 * client does not know the process that serves it. The server closes the connection of the request once it has sent the
 * signal, so afterwards no later statement can be cancelled by it. Answers false where that did not happen in time.
 */
export async function sendCancelRequest(client: pg.Client): Promise<boolean> {
  const { processID, secretKey, host, port, ssl } = client as KeyedClient;
  if (processID === null || secretKey === null) return true;
  const connection = new pg.Connection({ ssl }) as RawConnection;
  const ended = once(connection, 'end', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  // the end follows every error
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
