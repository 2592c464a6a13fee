import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  /** A single reference with a description beside it */
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Parameter {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly 'x-permissions'?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The document from the build. Under Jest the compiler plugin does not run, so the document would be incomplete. */
export function builtDocument(): OpenApiDocument {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-openapi-'));
  try {
    const script = path.resolve(__dirname, '../../dist/src/openapi.js');
    const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`no document was written: ${stderr}`);
    return JSON.parse(readFileSync(path.join(folder, 'openapi.json'), 'utf8')) as OpenApiDocument;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function resolve(document: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  if (name === undefined) return schema;
  const found = document.components.schemas[name];
  if (!found) throw new Error(`${schema.$ref} is not in the document`);
  return found;
}

/** The differences between the value and its documented schema. An undocumented field is a difference too. */
export function differences(
  document: OpenApiDocument,
  reference: Schema,
  value: unknown,
  where = 'body',
): string[] {
  const schema = resolve(document, reference);
  if (value === null) return schema.nullable ? [] : [`${where} is null`];
  if (schema.oneOf ?? schema.allOf) return composedDifferences(document, schema, value, where);
  switch (schema.type) {
    case 'object':
      return objectDifferences(document, schema, value, where);
    case 'array':
      if (!Array.isArray(value)) return [`${where} is not an array`];
      return value.flatMap((item, index) =>
        differences(document, schema.items ?? {}, item, `${where}[${index}]`),
      );
    default:
      return isOfKind(schema, value) ? [] : [`${where} is ${JSON.stringify(value)}`];
  }
}

function composedDifferences(
  document: OpenApiDocument,
  { oneOf, allOf }: Schema,
  value: unknown,
  where: string,
): string[] {
  const each = (oneOf ?? allOf ?? []).map((part) => differences(document, part, value, where));
  if (allOf) return each.flat();
  return each.some((found) => found.length === 0) ? [] : [`${where} matches none of its schemas`];
}

function objectDifferences(
  document: OpenApiDocument,
  schema: Schema,
  value: unknown,
  where: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${where} is not an object`];
  const fields = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => !(name in fields));
  return [
    ...missing.map((name) => `${where}.${name} is missing`),
    ...Object.entries(fields).flatMap(([name, field]) => {
      const known = schema.properties?.[name];
      if (!known && schema.additionalProperties) return [];
      return known
        ? differences(document, known, field, `${where}.${name}`)
        : [`${where}.${name} is not documented`];
    }),
  ];
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  // the pattern says whether it may be negative
  decimal: /^-?\d+(\.\d{1,2})?$/,
};

function isOfKind(schema: Schema, value: unknown): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.type === 'string') return typeof value === 'string' && isText(schema, value);
  if (schema.type === 'integer') return Number.isInteger(value) && isWithin(schema, value as number);
  if (schema.type === 'number') return typeof value === 'number' && isWithin(schema, value);
  return schema.type === 'boolean' && typeof value === 'boolean';
}

function isText(
  { format = '', pattern = '', minLength = 0, maxLength = Infinity }: Schema,
  text: string,
): boolean {
  const isFormatted = (FORMATS[format] ?? /^/).test(text) && new RegExp(pattern, 'u').test(text);
  return isFormatted && text.length >= minLength && text.length <= maxLength;
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean {
  return value >= minimum && value <= maximum;
}
