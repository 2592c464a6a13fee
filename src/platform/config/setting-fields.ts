import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { Money } from '../../kernel/money/money.js';

/** Accepts only the strings 'true' and 'false': a converter would read 'false' as true. */
export const Flag = () =>
  Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)));

/** A whole number within the limits, both inclusive. The error message names the limits. */
export const WholeNumber = (min: number, max: number) => {
  const message = `$property must be a whole number from ${min} to ${max}.`;
  return applyDecorators(
    Type(() => Number),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
};

/** An amount of dollars from 0.01 to the maximum. */
export const AmountUpTo = (max: string) =>
  ValidateBy(
    { name: 'amountUpTo', validator: { validate: (text: unknown) => isAmountUpTo(text, Money.of(max)) } },
    { message: `$property must be an amount from 0.01 to ${max}.` },
  );

function isAmountUpTo(text: unknown, max: Money): boolean {
  const amount = Money.parse(text);
  return amount !== null && amount.isPositive() && !amount.isGreaterThan(max);
}

/** A comma-separated list. Each part must pass the check. */
export const ListOf = (isPart: (part: string) => boolean, message: string) =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' ? value.split(',').map((part) => part.trim()) : null,
    ),
    IsOptional(),
    ValidateBy(
      { name: 'listOf', validator: { validate: (parts: readonly string[]) => parts.every(isPart) } },
      { message },
    ),
  );

/** Whether TRUST_PROXY may contain the part: an address, a network or a name for the private ranges. */
export function isProxy(part: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(part)) return true;
  const [address = '', bits, ...rest] = part.split('/');
  const max = isIP(address) === 4 ? 32 : 128;
  const isNetwork =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= max);
  return isIP(address) !== 0 && isNetwork && rest.length === 0;
}
