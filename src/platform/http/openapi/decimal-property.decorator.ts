import { ApiProperty } from '@nestjs/swagger';

interface DecimalOptions {
  readonly example: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly nullable?: boolean;
}

/** An amount of dollars in an answer: a string with two decimals. */
export function MoneyProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^\\d+\\.\\d{2}$', ...options });
}

/** The same where it may be below zero. */
export function SignedMoneyProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^-?\\d+\\.\\d{2}$', ...options });
}

/** A yearly rate in percent in an answer: a string with two decimals. */
export function PercentageProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^\\d{1,3}\\.\\d{2}$', ...options });
}
