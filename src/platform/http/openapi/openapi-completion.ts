import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorCode, ErrorCodes } from '../../../kernel/errors/domain-error.js';
import { STATUS_OF_KIND } from '../errors/problem.js';
import { ERROR_CODES_EXTENSION } from './api-error-responses.decorator.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];
type Operation = NonNullable<OpenAPIObject['paths'][string]['post']> & {
  [ERROR_CODES_EXTENSION]?: readonly ErrorCode[];
};

/** What the modules define and the document repeats. */
interface CodeLists {
  readonly errors: ErrorCodes;
  /** Published as `x-code-lists`: the labels of the codes, for the console and other clients */
  readonly published: object;
}

const REFERENCE = '#/components/schemas/';

/** Adds what Nest cannot express with decorators to the document. */
export function completeDocument(document: OpenAPIObject, { errors, published }: CodeLists): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  const visitSchema = requestSchemaVisitor(schemas);
  const operations = Object.values(document.paths).flatMap(({ get, post, put, patch }) =>
    [get, post, put, patch].filter((operation) => operation !== undefined),
  );
  for (const operation of operations) {
    // public route: Nest drops the empty list that a decorator sets
    operation.security ??= [];
    describeFile(operation);
    for (const schema of requestSchemas(operation)) visitSchema(schema);
    addErrorResponses(operation, errors);
  }
  listErrorCodes(schemas, errors);
  return Object.assign(document, { 'x-code-lists': published });
}

/** Nest would describe a file with the schema of the JSON that the route also accepts. */
function describeFile({ requestBody }: Operation): void {
  if (!requestBody || '$ref' in requestBody) return;
  const file = requestBody.content['text/csv'];
  if (file) file.schema = { type: 'string', format: 'binary' };
}

/** In the order of the tables: Nest would list the codes of the type in an order that the compiler chooses. */
function listErrorCodes({ RowErrorResponse: schema }: Schemas, errors: ErrorCodes): void {
  if (!schema || '$ref' in schema) return;
  const code = schema.properties?.code;
  if (code && !('$ref' in code)) code.enum = Object.keys(errors);
}

/** One response per status, with its codes. The description of another decorator for the status is kept below them. */
function addErrorResponses(operation: Operation, errors: ErrorCodes): void {
  const codes = new Map<number, ErrorCode[]>();
  for (const code of operation[ERROR_CODES_EXTENSION] ?? []) {
    const status = STATUS_OF_KIND[errors[code]];
    codes.set(status, [...(codes.get(status) ?? []), code]);
  }
  for (const [status, ofStatus] of codes) {
    const declared = operation.responses[status];
    const description = declared && 'description' in declared ? `\n\n${declared.description}` : '';
    operation.responses[status] = {
      description: ofStatus.join(', ') + description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  delete operation[ERROR_CODES_EXTENSION];
}

function requestSchemas({ requestBody }: Operation): Schema[] {
  if (!requestBody || '$ref' in requestBody) return [];
  return Object.values(requestBody.content).flatMap(({ schema }) => schema ?? []);
}

/**
 * Moves the default of each request field into its description: client generators treat a field with a default as
 * always present, and then require it.
 */
function requestSchemaVisitor(schemas: Schemas): (schema: Schema) => void {
  const seen = new Set<Schema>();
  return function visit(schema) {
    if (seen.has(schema)) return;
    seen.add(schema);
    describeDefault(schema);
    for (const part of partsOf(schema, schemas)) visit(part);
  };
}

function describeDefault(schema: Schema): void {
  if ('$ref' in schema || schema.default === undefined) return;
  const value = `Default: ${JSON.stringify(schema.default)}.`;
  schema.description = schema.description ? `${value} ${schema.description}` : value;
  delete schema.default;
}

function partsOf(schema: Schema, schemas: Schemas): Schema[] {
  if ('$ref' in schema) {
    const named = schemas[schema.$ref.replace(REFERENCE, '')];
    return named ? [named] : [];
  }
  const { properties = {}, items, allOf = [], oneOf = [], anyOf = [] } = schema;
  return [...Object.values(properties), ...(items ? [items] : []), ...allOf, ...oneOf, ...anyOf];
}
