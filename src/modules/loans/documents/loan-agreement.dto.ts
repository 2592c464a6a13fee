import { IdQueryField } from '../../../platform/http/dto/fields.js';

export class LoanAgreementDto {
  @IdQueryField({
    optional: true,
    example: 2,
    description: 'The version of the schedule: 1 is the agreement, a later one its amendment; default 1',
  })
  version?: number;
}
