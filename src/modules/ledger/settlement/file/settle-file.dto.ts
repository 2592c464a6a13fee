import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { FieldError } from '../../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { DateField, FlagQueryField } from '../../../../platform/http/dto/fields.js';
import { TakeHomeField } from '../settle.dto.js';
import type { SettlementTerms } from '../settlement.input.js';

/** The terms of a file. JSON has them in its body. */
export class SettleFileDto implements Partial<SettlementTerms> {
  @DateField({ optional: true, description: 'Of a CSV file: required, as in JSON', example: '2025-11-02' })
  payment_period_start?: CalendarDate;

  @TakeHomeField('Of a CSV file: as in JSON')
  min_take_home?: string;

  @FlagQueryField({ optional: true, description: 'Of a CSV file: as in JSON' })
  dry_run?: boolean;
}

/** Throws VALIDATION_FAILED without payment_period_start. */
export function termsOfFile({ payment_period_start, ...terms }: SettleFileDto): SettlementTerms {
  if (payment_period_start !== undefined) return { payment_period_start, ...terms };
  throw refusal([
    { field: 'payment_period_start', message: 'payment_period_start is required in the query of a file' },
  ]);
}

/** Throws VALIDATION_FAILED if terms of a file came with JSON, which has its own. */
export function requireNoFileTerms(query: SettleFileDto): void {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  throw refusal(
    given.map(([field]) => ({
      field,
      message: `${field} belongs in the body; only a file has it in the query`,
    })),
  );
}

function refusal(fields: readonly FieldError[]): DomainError {
  return new DomainError('VALIDATION_FAILED', `${fields[0]?.message}.`, fields);
}
