import { ApiProperty } from '@nestjs/swagger';
import type { OwnerNamesView } from '../balances/balance.view.js';

export class OwnerNames implements OwnerNamesView {
  @ApiProperty({ example: '5012345' })
  tlc_license_number!: string;

  @ApiProperty({ example: 'Amara Diallo' })
  driver_name!: string;

  @ApiProperty({ example: 'LS-1001' })
  lease_number!: string;

  @ApiProperty({ example: '5X41' })
  medallion_number!: string;

  @ApiProperty({ example: 'T612345C' })
  vehicle_plate!: string;
}
