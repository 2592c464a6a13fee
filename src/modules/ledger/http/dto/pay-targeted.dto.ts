import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { NamedAllocationDto } from './named-allocation.dto.js';
import { PayByHierarchyDto } from './pay-by-hierarchy.dto.js';

const MAX_ALLOCATIONS = 100;
const MESSAGE = `allocations must name 1 to ${MAX_ALLOCATIONS} balances with their amounts`;

export class PayTargetedDto extends PayByHierarchyDto {
  @ApiProperty({ type: [NamedAllocationDto], minItems: 1, maxItems: MAX_ALLOCATIONS })
  @IsArray({ message: MESSAGE })
  @ArrayMinSize(1, { message: MESSAGE })
  @ArrayMaxSize(MAX_ALLOCATIONS, { message: MESSAGE })
  @ValidateNested({ each: true, message: MESSAGE })
  @Type(() => NamedAllocationDto)
  allocations!: NamedAllocationDto[];
}
