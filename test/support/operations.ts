import type { TestApp } from './test-app.js';

/** A route from the OpenAPI document of the application. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path relative to /api/v1, with its parameters in braces */
  readonly path: string;
  readonly permissions: readonly string[];
  /** True if it requires no sign-in */
  readonly isPublic: boolean;
  readonly queryFields: readonly string[];
  /** True if its body is a CSV file */
  readonly acceptsCsv: boolean;
}

interface Document {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        readonly security?: unknown[];
        readonly 'x-permissions'?: string[];
        readonly requestBody?: { readonly content?: object };
        readonly parameters?: { readonly in: string; readonly name: string }[];
      }
    >
  >;
}

const PREFIX = '/api/v1';

/** Every route below /api/v1, so that tests of all routes include routes that are added later. */
export async function operationsOf(app: TestApp): Promise<Operation[]> {
  const document = (await app.app.inject('/docs-json')).json<Document>();
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith(`${PREFIX}/`))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase() as Operation['method'],
        path: path.slice(PREFIX.length),
        permissions: operation['x-permissions'] ?? [],
        isPublic: operation.security?.length === 0,
        acceptsCsv: 'text/csv' in (operation.requestBody?.content ?? {}),
        queryFields: (operation.parameters ?? []).filter((it) => it.in === 'query').map(({ name }) => name),
      })),
    );
}

/** The path with the same text for each parameter. */
export function filledIn({ path }: Operation, text: string): string {
  return path.replaceAll(/\{\w+\}/g, text);
}
