import { ERROR_CODES, PERMISSIONS } from '../../src/code-lists.js';
import type { ErrorCode } from '../../src/kernel/errors/domain-error.js';
import { STATUS_OF_KIND } from '../../src/platform/http/errors/problem.js';
import { builtDocument, resolve } from '../support/openapi-document.js';
import type { DocumentedOperation, OpenApiDocument, Schema } from '../support/openapi-document.js';
import { documentedOperations } from './support/documented-operations.js';

const PROBLEM = '#/components/schemas/Problem';

let document: OpenApiDocument;

let operations: Map<string, DocumentedOperation>;

/** The names of the operations that match, so that a failure lists them. */
const matching = (matches: (operation: DocumentedOperation, name: string) => boolean): string[] =>
  [...operations].filter(([name, operation]) => matches(operation, name)).map(([name]) => name);

const ours = (name: string): boolean => name.includes(' /api/v1/');

beforeAll(() => {
  document = builtDocument();
  operations = documentedOperations(document);
});

describe('an operation of the API document', () => {
  it('describes body defaults in text, because generated clients would require fields with the default keyword', () => {
    const fieldsOf = ({ requestBody }: DocumentedOperation): Schema[] => {
      const schema = requestBody?.content?.['application/json']?.schema ?? {};
      return Object.values(resolve(document, schema).properties ?? {});
    };
    expect(matching((operation) => fieldsOf(operation).some((field) => field.default !== undefined))).toEqual(
      [],
    );
    const { session } = document.components.schemas['LoginDto']?.properties ?? {};
    expect(session?.description).toMatch(/^Default: "body"\. body: /);
  });

  it('has a one-sentence summary, one tag and a unique id', () => {
    expect(operations.size).toBeGreaterThan(25);
    expect(matching(({ summary, tags }) => !summary || summary.length > 80 || tags?.length !== 1)).toEqual(
      [],
    );
    expect(new Set([...operations.values()].map(({ operationId }) => operationId)).size).toBe(
      operations.size,
    );
  });

  it('is public only if this test lists it', () => {
    expect(matching(({ security }) => security?.length === 0)).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'POST /api/v1/auth/login',
      'POST /api/v1/auth/refresh',
      'POST /api/v1/auth/logout',
    ]);
  });

  it('names its required permissions and the responses without them', () => {
    const isSilent = ({ security, responses, ...operation }: DocumentedOperation): boolean => {
      if (security?.length === 0) return false;
      const permissions = operation['x-permissions'] ?? [];
      const isKnown = permissions.every((it) => it in PERMISSIONS);
      const isNamed = permissions.every((it) => responses['403']?.description.includes(it));
      return !isKnown || !isNamed || !responses['401'];
    };
    expect(matching(isSilent)).toEqual([]);
    const withoutPermission = ({ security, ...operation }: DocumentedOperation): boolean =>
      security?.length !== 0 && operation['x-permissions'] === undefined;
    expect(matching(withoutPermission)).toEqual([
      'POST /api/v1/auth/logout-everywhere',
      'POST /api/v1/auth/password',
      'GET /api/v1/auth/me',
    ]);
  });

  it('has one kind of success response with a described schema', () => {
    const isFile = ({ content }: DocumentedOperation['responses'][string]): boolean =>
      content?.['application/pdf']?.schema.format === 'binary';
    const isShape = ({ content }: DocumentedOperation['responses'][string]): boolean =>
      Object.keys(resolve(document, content?.['application/json']?.schema ?? {}).properties ?? {}).length > 0;
    const isVague = ({ responses }: DocumentedOperation): boolean => {
      const good = Object.keys(responses).filter((status) => status.startsWith('2'));
      const shapes = new Set(good.map((status) => JSON.stringify(responses[status]?.content)));
      const success = responses[good[0] ?? ''];
      return shapes.size !== 1 || !success || !(isFile(success) || isShape(success));
    };
    expect(matching(isVague)).toEqual([]);
  });

  it('returns every error as a problem document, and lists the codes under their status', () => {
    const isWrong = ({ responses }: DocumentedOperation, name: string): boolean =>
      ours(name) &&
      Object.entries(responses)
        .filter(([status]) => !status.startsWith('2') && status !== '304')
        .some(([status, { description, content }]) => {
          const codes = description.split(', ').filter((word): word is ErrorCode => word in ERROR_CODES);
          const isElsewhere = codes.some((code) => String(STATUS_OF_KIND[ERROR_CODES[code]]) !== status);
          const isUndocumented = codes.length === 0 && !['401', '403', 'default'].includes(status);
          return (
            isElsewhere || isUndocumented || content?.['application/problem+json']?.schema.$ref !== PROBLEM
          );
        });
    expect(matching(isWrong)).toEqual([]);
    const lacksErrors = ({ responses, parameters = [], requestBody }: DocumentedOperation): boolean =>
      !responses.default || ((parameters.length > 0 || requestBody !== undefined) && !responses['400']);
    expect(matching(lacksErrors)).toEqual([]);
  });

  it('declares each parameter once with its type, and all parameters of its path', () => {
    const isWrong = ({ parameters = [] }: DocumentedOperation, name: string): boolean => {
      const names = parameters.map((parameter) => parameter.name);
      const inPath = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
      return (
        new Set(names).size !== names.length ||
        parameters.some(({ schema }) => !schema.type) ||
        inPath.map((parameter) => `{${parameter.name}}`).join() !== (name.match(/\{\w+\}/g) ?? []).join()
      );
    };
    expect(matching(isWrong)).toEqual([]);
  });

  it('returns lists in pages', () => {
    const lists = [...operations].filter(([, { responses }]) =>
      responses['200']?.content?.['application/json']?.schema.$ref?.endsWith('Page'),
    );
    expect(lists.length).toBeGreaterThan(6);
    const required = ['items', 'total', 'total_is_lower_bound', 'page', 'page_size', 'total_pages'];
    for (const [name, { parameters = [], responses }] of lists) {
      const page = resolve(document, responses['200']?.content?.['application/json']?.schema ?? {});
      expect([name, page.required]).toEqual([name, required]);
      expect(parameters.map((parameter) => parameter.name)).toEqual(
        expect.arrayContaining(['page', 'page_size', 'sort_order']),
      );
    }
  });
});
