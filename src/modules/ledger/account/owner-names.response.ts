import { ApiProperty } from '@nestjs/swagger';

/** Whose line it is, as people know them. */
export class OwnerNames {
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
