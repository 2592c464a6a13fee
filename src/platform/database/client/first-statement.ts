import pg from 'pg';

export const BEGIN = 'START TRANSACTION';

/** Parts of a query that its types leave out. */
interface RawQuery {
  submit(connection: RawConnection): Error | null;
  handleCommandComplete(message: object, connection: object): void;
}

interface RawConnection {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { readonly text: string }): void;
  bind(message: object): void;
  execute(message: object): void;
}

const Query = pg.Query as unknown as new (
  config: pg.QueryConfig & { queryMode: 'extended' },
  done: (error: Error | null, result: unknown) => void,
) => RawQuery;

/**
 * The first statement of a transaction together with the START TRANSACTION before it, in one round trip. The server
 * skips the statement if the transaction did not start, so it can never run outside of it.
 */
class FirstStatement extends Query {
  private isBegun = false;

  override submit(connection: RawConnection): Error | null {
    connection.stream.cork();
    try {
      connection.parse({ text: BEGIN });
      connection.bind({});
      connection.execute({});
      return super.submit(connection);
    } finally {
      connection.stream.uncork();
    }
  }

  override handleCommandComplete(message: object, connection: object): void {
    if (this.isBegun) super.handleCommandComplete(message, connection);
    this.isBegun = true;
  }
}

type Send = (query: unknown) => unknown;

/** Starts a transaction with this statement. Returns its result. */
export async function sendFirst(send: Send, text: string, values: unknown): Promise<unknown> {
  // without parameters the text may be several statements
  if (!Array.isArray(values) || values.length === 0) {
    const [, ...results] = (await send(`${BEGIN};\n${text}`)) as unknown[];
    return results.length === 1 ? results[0] : results;
  }
  return new Promise((resolve, reject) => {
    send(
      new FirstStatement({ text, values, queryMode: 'extended' }, (error, result) =>
        error ? reject(error) : resolve(result),
      ),
    );
  });
}
