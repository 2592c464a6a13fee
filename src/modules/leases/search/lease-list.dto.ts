import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { IdQueryField, SearchField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { LEASE_STATUSES } from '../lease/lease-status.js';
import type { LeaseStatus } from '../lease/lease-status.js';
import { LEASE_SORTS } from './lease.filters.js';
import type { LeaseSort } from './lease.filters.js';

export class LeaseListDto extends PageQueryDto {
  @SearchField({
    description:
      'The beginning of a lease number, medallion number or plate, or the TLC number or name of the driver',
  })
  q?: string;

  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  medallion_id?: number;

  @IdQueryField({ optional: true })
  vehicle_id?: number;

  @ApiPropertyOptional({ enum: LEASE_STATUSES })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(LEASE_STATUSES, { message: `status must be ${LEASE_STATUSES.join(', ')}` })
  status?: LeaseStatus;

  @ApiPropertyOptional({ enum: LEASE_SORTS, default: 'created_on' })
  @IsIn(LEASE_SORTS, { message: `sort_by must be ${LEASE_SORTS.join(', ')}` })
  sort_by: LeaseSort = 'created_on';
}
