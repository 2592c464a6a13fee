import { ApiPropertyOptional } from '@nestjs/swagger';
import { CodeField, SearchField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { DRIVER_STATUSES } from '../driver/driver-status.js';
import type { DriverStatus } from '../driver/driver-status.js';
import { DRIVER_SORTS } from './driver.filters.js';
import type { DriverSort } from './driver.filters.js';
import { TlcLicenseNumberField } from '../driver/driver-fields.dto.js';

export class DriverListDto extends PageQueryDto {
  @SearchField({
    description:
      'The beginning of a TLC license number, or parts of the name, in any order, with or without accents',
  })
  q?: string;

  @TlcLicenseNumberField({ optional: true })
  tlc_license_number?: string;

  @CodeField(DRIVER_STATUSES, { optional: true })
  status?: DriverStatus;

  @CodeField(DRIVER_SORTS, { default: 'last_name' })
  sort_by: DriverSort = 'last_name';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
