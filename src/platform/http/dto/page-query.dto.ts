import { CodeField } from '../../../platform/http/dto/fields.js';
import type { Type } from '@nestjs/common';
import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { Unpaged } from '../../database/page.js';
import { wholeNumber } from './fields.js';

const MAX_PAGE = 1_000_000;
const MAX_PAGE_SIZE = 500;
const PAGE = `page must be a whole number from 1 to ${MAX_PAGE}`;
const PAGE_SIZE = `page_size must be a whole number from 1 to ${MAX_PAGE_SIZE}`;

/** The page of a list and the sort direction. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: 1 })
  @Transform(({ value }) => wholeNumber(value))
  @IsInt({ message: PAGE })
  @Min(1, { message: PAGE })
  @Max(MAX_PAGE, { message: PAGE })
  page: number = 1;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: 50 })
  @Transform(({ value }) => wholeNumber(value))
  @IsInt({ message: PAGE_SIZE })
  @Min(1, { message: PAGE_SIZE })
  @Max(MAX_PAGE_SIZE, { message: PAGE_SIZE })
  page_size: number = 50;

  @CodeField(['asc', 'desc'], { default: 'desc' })
  sort_order: 'asc' | 'desc' = 'desc';
}

/**
 * The query of a list without pages: filters and sort order. `page` and `page_size` are rejected as unknown fields.
 */
export function unpaged<Query extends PageQueryDto>(list: Type<Query>): Type<Unpaged<Query>> {
  return OmitType(list as Type<PageQueryDto>, ['page', 'page_size']) as unknown as Type<Unpaged<Query>>;
}
