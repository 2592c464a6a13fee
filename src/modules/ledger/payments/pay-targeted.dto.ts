import { IdField } from '../../../platform/http/dto/fields.js';
import { ItemsField } from '../../../platform/http/dto/items-field.js';
import { TargetedAllocationDto } from './targeted-allocation.dto.js';
import { PaymentDto } from './pay-by-hierarchy.dto.js';
import type { PayTargetedInput } from './payment.input.js';

const MAX_ALLOCATIONS = 100;

export class PayTargetedDto extends PaymentDto implements PayTargetedInput {
  @IdField({ example: 1 })
  lease_id!: number;

  @ItemsField(TargetedAllocationDto, {
    maxItems: MAX_ALLOCATIONS,
    message: `allocations must list 1 to ${MAX_ALLOCATIONS} balances with their amounts`,
  })
  allocations!: TargetedAllocationDto[];
}
