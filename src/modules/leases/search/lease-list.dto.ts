import { CodeField, IdQueryField, SearchField } from '../../../platform/http/dto/fields.js';
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

  @CodeField(LEASE_STATUSES, { optional: true })
  status?: LeaseStatus;

  @CodeField(LEASE_SORTS, { default: 'created_on' })
  sort_by: LeaseSort = 'created_on';
}
