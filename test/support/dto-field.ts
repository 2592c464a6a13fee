import { validationPipe } from '../../src/platform/http/body/validation.js';

const pipe = validationPipe();

/** Values that no number, date or id field accepts. */
export const NEVER_VALID: [unknown][] = [
  [null],
  [''],
  [[]],
  [{}],
  [{ constructor: null }],
  [{ toString: 'x' }],
  [true],
  ['NaN'],
  ['Infinity'],
  ['०१'],
];

/** The input of a handler, read from a parsed body or query. */
export async function readDto<Dto extends object>(metatype: new () => Dto, body: unknown): Promise<Dto> {
  return (await pipe.transform(body, { type: 'body', metatype })) as Dto;
}

/** Expects a validation error of the field `value` with this message. */
export const expectFieldError = (metatype: new () => object, body: unknown, message: string): Promise<void> =>
  expect(readDto(metatype, body)).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    fields: [{ field: 'value', message }],
  });
