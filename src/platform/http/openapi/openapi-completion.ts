import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];
type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

const REFERENCE = '#/components/schemas/';

/** Adds what Nest cannot express with decorators to the document. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const visitSchema = requestSchemaVisitor(document.components?.schemas ?? {});
  const operations = Object.values(document.paths).flatMap(({ get, post, put, patch }) =>
    [get, post, put, patch].filter((operation) => operation !== undefined),
  );
  for (const operation of operations) {
    // public route: Nest drops the empty list that a decorator sets
    operation.security ??= [];
    for (const schema of requestSchemas(operation)) visitSchema(schema);
  }
  return document;
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
