import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { SearchField } from '../../../platform/http/dto/fields.js';
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

  @ApiPropertyOptional({ enum: DRIVER_STATUSES })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(DRIVER_STATUSES, { message: `status must be ${DRIVER_STATUSES.join(', ')}` })
  status?: DriverStatus;

  @ApiPropertyOptional({ enum: DRIVER_SORTS, default: 'last_name' })
  @IsIn(DRIVER_SORTS, { message: `sort_by must be ${DRIVER_SORTS.join(', ')}` })
  sort_by: DriverSort = 'last_name';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
