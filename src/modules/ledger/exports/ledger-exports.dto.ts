import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { unpaged } from '../../../platform/http/dto/page-query.dto.js';
import { BalanceListDto } from '../account/balance-list.dto.js';
import { PostingListDto } from '../postings/posting-list.dto.js';
import { StatementQueryDto } from '../statements/statement-query.dto.js';

const ACCOUNT = ['driver_id', 'lease_id'] as const;

export class PostingExportDto extends unpaged(PostingListDto) {}

export class BalanceExportDto extends unpaged(BalanceListDto) {}

/** The statements of a week: of everybody where neither driver nor lease is named. */
export class StatementExportDto extends IntersectionType(
  OmitType(StatementQueryDto, [...ACCOUNT, 'format']),
  PartialType(PickType(StatementQueryDto, ACCOUNT)),
) {}
