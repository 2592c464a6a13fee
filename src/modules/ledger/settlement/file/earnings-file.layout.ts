import { PickType } from '@nestjs/swagger';
import { checked } from '../../../../platform/http/body/validation.js';
import { ReferenceField, TextField } from '../../../../platform/http/dto/fields.js';
import type { RowReader } from '../../../../platform/import/csv-import.js';
import { EarningsDto } from '../settle.dto.js';

/** A row of the file, with the validation rules of a line in JSON. */
export class EarningsRow extends PickType(EarningsDto, ['amount', 'min_take_home'] as const) {
  @TextField({ maxLength: 40 })
  tlc_license_number!: string;

  @ReferenceField({ optional: true, maxLength: 50 })
  lease_number?: string;

  /** The source_id of a line in JSON */
  @ReferenceField({ maxLength: 80 })
  reference!: string;
}

export const EARNINGS_FILE: RowReader<EarningsRow> = {
  layouts: [
    {
      required: ['tlc_license_number', 'amount', 'reference'],
      optional: ['lease_number', 'min_take_home'],
    },
  ],
  read: ({ amount, ...others }) => checked(EarningsRow, { ...others, amount: amount?.trim() }),
};
