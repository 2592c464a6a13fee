import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { Money } from '../../kernel/money/money.js';

/** The strings 'true' and 'false' only: a converter would take the word "false" for true. */
export const Flag = () =>
  Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)));

/** A whole number in these limits, both included; the sentence of a wrong one says so. */
export const WholeNumber = (least: number, most: number) => {
  const message = `$property must be a whole number from ${least} to ${most}.`;
  return applyDecorators(
    Type(() => Number),
    IsInt({ message }),
    Min(least, { message }),
    Max(most, { message }),
  );
};

/** An amount of dollars from 0.01 to the given one. */
export const AmountUpTo = (most: string) =>
  ValidateBy(
    { name: 'amountUpTo', validator: { validate: (text: unknown) => isAmountUpTo(text, Money.of(most)) } },
    { message: `$property must be an amount from 0.01 to ${most}.` },
  );

function isAmountUpTo(text: unknown, most: Money): boolean {
  const amount = Money.parse(text);
  return amount !== null && amount.isPositive() && !amount.isGreaterThan(most);
}

/** Comma-separated; each part must pass. */
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

/** What may stand in TRUST_PROXY: an address, a network, or a name for the private ones. */
export function isProxy(part: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(part)) return true;
  const [address = '', bits, ...rest] = part.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  const isNetwork =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  return isIP(address) !== 0 && isNetwork && rest.length === 0;
}
