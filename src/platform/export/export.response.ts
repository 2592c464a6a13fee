import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

class ExportFilterResponse {
  @ApiProperty({ example: 'Status' })
  label!: string;

  @ApiProperty({ example: 'ACTIVE' })
  value!: string;
}

/** The OpenAPI class of an exported JSON file. */
export function exportOf<Item>(item: Type<Item>, name: string): Type<object> {
  class ExportResponse {
    @ApiProperty({ example: 'Loans' })
    title!: string;

    @ApiProperty({ format: 'date-time', type: String })
    made_at!: string;

    @ApiProperty({ example: 'America/New_York' })
    time_zone!: string;

    @ApiProperty({ type: [ExportFilterResponse], description: 'The filters and the sort order' })
    filters!: ExportFilterResponse[];

    @ApiProperty({ type: [item], description: 'The items, as in the list' })
    items!: Item[];

    @ApiProperty({
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Sums by field over the rows that count (docs/figures.md)',
    })
    totals!: Record<string, string>;

    @ApiProperty({ type: 'integer', description: 'Number of items. A file without this field is incomplete' })
    count!: number;
  }
  Object.defineProperty(ExportResponse, 'name', { value: name });
  return ExportResponse;
}
