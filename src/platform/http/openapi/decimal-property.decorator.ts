import { ApiProperty } from '@nestjs/swagger';

interface DecimalOptions {
  readonly example: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly nullable?: boolean;
}

/** An amount of dollars in a response: a string with two decimals. */
export function MoneyProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^\\d+\\.\\d{2}$', ...options });
}

/** Like `MoneyProperty`, but may be negative. */
export function SignedMoneyProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^-?\\d+\\.\\d{2}$', ...options });
}

/** An annual rate in percent in a response: a string with two decimals. */
export function PercentageProperty(options: DecimalOptions): PropertyDecorator {
  return ApiProperty({ type: String, format: 'decimal', pattern: '^\\d{1,3}\\.\\d{2}$', ...options });
}
