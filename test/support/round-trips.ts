import pg from 'pg';

/** Ends a group of messages that the server answers. The types of pg leave it out. */
interface Sender {
  sync: (this: pg.Connection) => void;
  query: (this: pg.Connection, text: string) => void;
}

/**
 * Counts the round trips to the database of this process: how often a statement is sent on a connection on which no
 * other statement waits for its result.
 */
export async function countRoundTrips(work: () => Promise<unknown>): Promise<number> {
  const waiting = new Map<pg.Connection, number>();
  let trips = 0;
  const prototype = pg.Connection.prototype as unknown as Sender;
  const { sync, query } = prototype;
  const sent = (connection: pg.Connection): void => {
    const before = waiting.get(connection);
    if (before === undefined) {
      connection.on('readyForQuery', () => waiting.set(connection, (waiting.get(connection) ?? 1) - 1));
    }
    if (!before) trips += 1;
    waiting.set(connection, (before ?? 0) + 1);
  };
  prototype.sync = function () {
    sent(this);
    sync.call(this);
  };
  prototype.query = function (text) {
    sent(this);
    query.call(this, text);
  };
  try {
    await work();
    return trips;
  } finally {
    Object.assign(prototype, { sync, query });
  }
}
