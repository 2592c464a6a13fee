import { ApiProperty } from '@nestjs/swagger';
import type { NamedDriver } from './named-driver.sql.js';

export class NamedDriverResponse implements NamedDriver {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: '5012345' })
  tlc_license_number!: string;

  @ApiProperty({ example: 'Amara' })
  first_name!: string;

  @ApiProperty({ example: 'Diallo' })
  last_name!: string;
}
