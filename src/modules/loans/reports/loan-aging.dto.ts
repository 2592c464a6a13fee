import { CodeField, IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto, unpaged } from '../../../platform/http/dto/page-query.dto.js';
import type { AgingExportInput, LoanAgingInput } from './loan-report.input.js';
import { AGING_SORTS } from './loan-report.input.js';

export class LoanAgingDto extends PageQueryDto implements LoanAgingInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @CodeField(AGING_SORTS, { default: 'days_overdue' })
  sort_by: (typeof AGING_SORTS)[number] = 'days_overdue';
}

export class AgingExportDto extends unpaged(LoanAgingDto) implements AgingExportInput {}
