import pg from 'pg';

export const BEGIN = 'START TRANSACTION';

/** Parts of a query that its types leave out. */
interface RawQuery {
  name: string | undefined;
  submit(connection: RawConnection): Error | null;
  handleCommandComplete(message: object, connection: object): void;
  handleError(error: Error, connection: RawConnection): void;
}

interface RawConnection {
  readonly stream: { cork(): void; uncork(): void };
  /** Texts of the named statements whose preparation was sent and not answered yet */
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { readonly text: string }): void;
  bind(message: object): void;
  execute(message: object): void;
}

const Query = pg.Query as unknown as new (
  config: FirstQuery & { queryMode: 'extended' },
  done: (error: Error | null, result: unknown) => void,
) => RawQuery;

/**
 * The first statement of a transaction together with the START TRANSACTION before it, in one round trip. The server
 * skips the statement if the transaction did not start, so it can never run outside of it.
 */
class FirstStatement extends Query {
  private isBegun = false;
  private readonly preparedName = this.name;

  constructor(
    config: FirstQuery & { queryMode: 'extended' },
    done: (error: Error | null, result: unknown) => void,
    private readonly begin: string,
  ) {
    super(config, done);
  }

  override submit(connection: RawConnection): Error | null {
    connection.stream.cork();
    try {
      connection.parse({ text: this.begin });
      connection.bind({});
      connection.execute({});
      const rejected = super.submit(connection);
      // pg would take the answer to START TRANSACTION as that to the statement, and its name as prepared
      this.name = undefined;
      return rejected;
    } finally {
      connection.stream.uncork();
    }
  }

  override handleCommandComplete(message: object, connection: object): void {
    if (this.isBegun) super.handleCommandComplete(message, connection);
    this.isBegun = true;
    this.name = this.preparedName;
  }

  override handleError(error: Error, connection: RawConnection): void {
    if (this.preparedName !== undefined) delete connection.submittedNamedStatements[this.preparedName];
    super.handleError(error, connection);
  }
}

/** A statement, and the name under which the connection keeps its plan. */
export interface FirstQuery {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: unknown;
}

type Send = (query: unknown) => unknown;

/**
 * Starts a transaction with this statement. Returns its result.
 * @param begin START TRANSACTION with the modes of the transaction
 */
export async function sendFirst(send: Send, begin: string, query: FirstQuery): Promise<unknown> {
  // without parameters the text may be several statements
  if (!Array.isArray(query.values) || query.values.length === 0) {
    const [, ...results] = (await send(`${begin};\n${query.text}`)) as unknown[];
    return results.length === 1 ? results[0] : results;
  }
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result));
    send(new FirstStatement({ ...query, queryMode: 'extended' }, done, begin));
  });
}
