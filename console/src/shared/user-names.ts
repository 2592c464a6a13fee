import { client } from '../api/client';

interface Question {
  readonly ids: Set<number>;
  readonly names: Promise<ReadonlyMap<number, string>>;
}

/** What is asked for before the request goes out */
let question: Question | null = null;

/** The name of the user, null where there is none. Whoever a page names at once is asked for in one request. */
export async function nameOfUser(id: number): Promise<string | null> {
  question ??= beginQuestion();
  question.ids.add(id);
  const names = await question.names;
  return names.get(id) ?? null;
}

function beginQuestion(): Question {
  const ids = new Set<number>();
  const names = new Promise<void>((resolve) => setTimeout(resolve)).then(async () => {
    question = null;
    const { data } = await client.GET('/api/v1/users/names', { params: { query: { ids: [...ids] } } });
    return new Map(data?.items.map(({ id, name }) => [id, name]));
  });
  return { ids, names };
}
