import type { paths } from './schema';

/** The query that a list of the API takes. An address may hold anything: what is no such value the API refuses. */
export type QueryOf<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? Query
  : never;
