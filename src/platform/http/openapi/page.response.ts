import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../database/page.js';

/** The OpenAPI class of a page of `Item`: {items, total, total_is_lower_bound, page, page_size, total_pages}. */
export function pageOf<Item>(item: Type<Item>, name: string): Type<Page<Item>> {
  class PageResponse implements Page<Item> {
    @ApiProperty({ type: [item] })
    items!: Item[];

    @ApiProperty({ type: 'integer', description: 'Number of matching items on all pages' })
    total!: number;

    @ApiProperty({
      description: 'Whether there are more items than `total`. Lists are counted up to 50,000 items.',
    })
    total_is_lower_bound!: boolean;

    @ApiProperty({ type: 'integer' })
    page!: number;

    @ApiProperty({ type: 'integer' })
    page_size!: number;

    @ApiProperty({ type: 'integer' })
    total_pages!: number;
  }
  Object.defineProperty(PageResponse, 'name', { value: name });
  return PageResponse;
}
