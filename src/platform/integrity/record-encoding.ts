/** Types of sealed columns. `utf8` is a text that SQL hashes as bytea in UTF-8. */
export type FieldType = 'bytea' | 'date' | 'int4' | 'int8' | 'numeric' | 'text' | 'timestamptz' | 'utf8';

/** A value as PostgreSQL prints it with DateStyle ISO and time zone UTC, or the bytes of a bytea. */
export interface Field {
  readonly type: FieldType;
  readonly value: string | Uint8Array | null;
}

/** The OIDs of the types in PostgreSQL, which never change. */
const TYPE_OIDS: Readonly<Record<FieldType, number>> = {
  bytea: 17,
  date: 1082,
  int4: 23,
  int8: 20,
  numeric: 1700,
  text: 25,
  timestamptz: 1184,
  utf8: 17,
};

const NULL_LENGTH = -1;
/** 2000-01-01, the epoch of PostgreSQL, in days and milliseconds since 1970 */
const EPOCH_DAY = 10_957;
const EPOCH_MS = EPOCH_DAY * 86_400_000;
/** A "digit" of a numeric has four decimal digits */
const GROUP = 4;
const NEGATIVE = 0x4000;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;
const NUMERIC = /^(-?)(\d+)(?:\.(\d+))?$/;
const INTEGER = /^-?\d{1,19}$/;

/**
 * The bytes of record_send(ROW(...)) in PostgreSQL: the number of fields, then for each field its type, its length
 * and its value in binary format. Implemented again here so that the database cannot decide what is hashed.
 */
export function encodeRecord(fields: readonly Field[]): Buffer {
  return Buffer.concat([int4(fields.length), ...fields.flatMap(encodeField)]);
}

function encodeField({ type, value }: Field): Buffer[] {
  const header = Buffer.alloc(8);
  header.writeInt32BE(TYPE_OIDS[type], 0);
  if (value === null) {
    header.writeInt32BE(NULL_LENGTH, 4);
    return [header];
  }
  const bytes = typeof value === 'string' ? encodeText(type, value) : Buffer.from(value);
  header.writeInt32BE(bytes.length, 4);
  return [header, bytes];
}

/**
 * A text that is not a supported value of its type, for example an infinite date, is encoded as text. No sealed row
 * contains one.
 */
function encodeText(type: FieldType, text: string): Buffer {
  return ENCODERS[type]?.(text) ?? Buffer.from(text, 'utf8');
}

const ENCODERS: Partial<Record<FieldType, (text: string) => Buffer | undefined>> = {
  date: encodeDate,
  int4: (text) => (INTEGER.test(text) ? int4(Number(text)) : undefined),
  int8: (text) => (INTEGER.test(text) ? int8(BigInt(text)) : undefined),
  numeric: encodeNumeric,
  timestamptz: encodeInstant,
};

function encodeDate(text: string): Buffer | undefined {
  return DATE.test(text) ? int4(Date.parse(`${text}T00:00:00Z`) / 86_400_000 - EPOCH_DAY) : undefined;
}

function encodeInstant(text: string): Buffer | undefined {
  const [, day, time, fraction = ''] = INSTANT.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const milliseconds = Date.parse(`${day}T${time}Z`) - EPOCH_MS;
  return int8(BigInt(milliseconds) * 1_000n + BigInt(fraction.padEnd(6, '0')));
}

/**
 * Groups of four digits around the decimal point, without leading and trailing zero groups. The scale is the number
 * of decimals.
 */
function encodeNumeric(text: string): Buffer | undefined {
  const [, sign, whole, fraction = ''] = NUMERIC.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const wholeGroups = Math.ceil(whole.length / GROUP);
  const digits =
    whole.padStart(wholeGroups * GROUP, '0') +
    fraction.padEnd(Math.ceil(fraction.length / GROUP) * GROUP, '0');
  const groups = Array.from({ length: digits.length / GROUP }, (_, index) =>
    Number(digits.slice(index * GROUP, (index + 1) * GROUP)),
  );
  const first = groups.findIndex((group) => group !== 0);
  const significant =
    first === -1 ? [] : groups.slice(first, groups.findLastIndex((group) => group !== 0) + 1);
  const weight = first === -1 ? 0 : wholeGroups - 1 - first;
  const header = [significant.length, weight, sign === '-' ? NEGATIVE : 0, fraction.length];
  const bytes = Buffer.alloc((header.length + significant.length) * 2);
  [...header, ...significant].forEach((number, index) => bytes.writeInt16BE(number, index * 2));
  return bytes;
}

function int4(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
