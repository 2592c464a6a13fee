import { client } from '../../api/client';

interface Batch {
  readonly ids: Set<number>;
  readonly names: Promise<ReadonlyMap<number, string>>;
}

/** The ids for the next request */
let batch: Batch | null = null;

/** The name of the user; null if there is no such user. All names that a page needs are loaded with one request. */
export async function findUserName(id: number): Promise<string | null> {
  batch ??= startBatch();
  batch.ids.add(id);
  const names = await batch.names;
  return names.get(id) ?? null;
}

function startBatch(): Batch {
  const ids = new Set<number>();
  const names = new Promise<void>((resolve) => setTimeout(resolve)).then(async () => {
    batch = null;
    const { data } = await client.GET('/api/v1/users/names', { params: { query: { ids: [...ids] } } });
    return new Map(data?.items.map(({ id, name }) => [id, name]));
  });
  return { ids, names };
}
