import { ItemsField } from '../../../platform/http/dto/items-field.js';
import { TargetedAllocationDto } from './targeted-allocation.dto.js';
import { PayByHierarchyDto } from './pay-by-hierarchy.dto.js';
import type { PayTargetedInput } from './payment.input.js';

const MAX_ALLOCATIONS = 100;

export class PayTargetedDto extends PayByHierarchyDto implements PayTargetedInput {
  @ItemsField(TargetedAllocationDto, {
    maxItems: MAX_ALLOCATIONS,
    message: `allocations must list 1 to ${MAX_ALLOCATIONS} balances with their amounts`,
  })
  allocations!: TargetedAllocationDto[];
}
