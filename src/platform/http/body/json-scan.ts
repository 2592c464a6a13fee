import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { asSentence } from '../../../kernel/text/sentence.js';

/** Each limit is higher than any documented body needs. */
export const JSON_LIMITS = {
  depth: 16,
  /** Per object */
  fields: 200,
  /** Per list */
  items: 10_000,
  /** In the whole body */
  values: 100_000,
  nameLength: 100,
  numberLength: 32,
};

/** class-transformer drops these names silently, so the check for unknown fields would not see them. */
export const RESERVED_NAMES = new Set(['__proto__', 'constructor']);
const NUMBER_START = /[-\d]/;
const NUMBER = /[-+.\deE]+/y;
const LONE_SURROGATE = /\p{Cs}/u;

/** An object or array that the scan is in. */
interface Container {
  /** The names of the fields so far; null for an array */
  readonly names: Set<string> | null;
  /** The field or index of the current value */
  position: string | number;
}

/**
 * Checks a JSON text before it is parsed: it must be within the limits, must not repeat a field of an object, and
 * must only contain numbers and strings that JavaScript represents exactly. JSON.parse checks the syntax, so the
 * scan skips what it does not recognize. Throws VALIDATION_FAILED.
 */
export function scanJson(text: string): void {
  new JsonScan(text).run();
}

class JsonScan {
  private readonly containers: Container[] = [];
  /** The last string. A field name if a colon follows. */
  private lastString = '';
  private values = 0;

  constructor(private readonly text: string) {}

  run(): void {
    const { text } = this;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '"') at = this.readString(at);
      else if (character === ':') this.enterField();
      else if (character === ',') this.enterNextValue();
      else if (character === '{') this.open(new Set());
      else if (character === '[') this.open(null);
      else if (character === '}' || character === ']') this.containers.pop();
      else if (NUMBER_START.test(character)) at = this.readNumber(at);
    }
  }

  private open(names: Container['names']): void {
    if (this.containers.length === JSON_LIMITS.depth) {
      reject(`The body is nested more than ${JSON_LIMITS.depth} levels deep.`);
    }
    this.countValue();
    this.containers.push({ names, position: 0 });
  }

  private enterField(): void {
    const container = this.containers.at(-1);
    if (!container?.names) return;
    const name = this.lastString;
    if (name.length > JSON_LIMITS.nameLength) {
      reject(`The name of a field is longer than ${JSON_LIMITS.nameLength} characters.`);
    }
    container.position = name;
    if (RESERVED_NAMES.has(name)) this.rejectField((field) => `${field} is not a field of this request`);
    if (container.names.has(name)) this.rejectField((field) => `${field} must be given only once`);
    container.names.add(name);
    if (container.names.size > JSON_LIMITS.fields) {
      reject(`An object in the body has more than ${JSON_LIMITS.fields} fields.`);
    }
  }

  private enterNextValue(): void {
    this.countValue();
    const container = this.containers.at(-1);
    if (!container || container.names) return;
    container.position = Number(container.position) + 1;
    if (container.position === JSON_LIMITS.items) {
      reject(`A list in the body has more than ${JSON_LIMITS.items} items.`);
    }
  }

  private countValue(): void {
    this.values += 1;
    if (this.values > JSON_LIMITS.values) {
      reject(`The body has more than ${JSON_LIMITS.values} values.`);
    }
  }

  /** Returns the index of the closing quotation mark */
  private readString(start: number): number {
    const { text } = this;
    let end = start + 1;
    let hasEscapes = false;
    for (; end < text.length && text.charAt(end) !== '"'; end += 1) {
      if (text.charAt(end) !== '\\') continue;
      hasEscapes = true;
      end += 1;
    }
    this.lastString = hasEscapes ? unescape(text.slice(start, end + 1)) : text.slice(start + 1, end);
    return end;
  }

  /** Returns the index of the last character of the number */
  private readNumber(start: number): number {
    NUMBER.lastIndex = start;
    const source = NUMBER.exec(this.text)?.[0] ?? '';
    if (!isExact(source)) {
      this.rejectField((field) => `${field} must be a number without an exponent and with at most 15 digits`);
    }
    return start + source.length - 1;
  }

  private rejectField(messageFor: (field: string) => string): never {
    const field = this.containers.map(({ position }) => position).join('.');
    const message = messageFor(field);
    reject(asSentence(message), [{ field, message }]);
  }
}

/** UTF-8 bytes cannot contain a lone surrogate, but an escape sequence can. */
function unescape(source: string): string {
  const text = String(JSON.parse(source));
  if (LONE_SURROGATE.test(text)) reject('A text in the body contains half of a surrogate pair.');
  return text;
}

/** Whether JavaScript reads exactly the written number. Trailing zeros of a fraction are ignored. */
function isExact(source: string): boolean {
  if (source.length > JSON_LIMITS.numberLength) return false;
  const shortest = source.includes('.') ? source.replace(/\.?0+$/, '') : source;
  return String(Number(source)) === shortest;
}

function reject(sentence: string, fields: readonly FieldError[] = []): never {
  throw new DomainError('VALIDATION_FAILED', sentence, fields);
}
