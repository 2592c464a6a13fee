import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { unpaged } from '../../../platform/http/dto/page-query.dto.js';
import { BalanceListDto } from '../balances/balance-list.dto.js';
import { PaymentListDto } from '../payments/history/payment-list.dto.js';
import { PostingListDto } from '../postings/posting-list.dto.js';
import { StatementQueryDto } from '../statements/statement-query.dto.js';
import type {
  BalanceExportInput,
  PaymentExportInput,
  PostingExportInput,
  StatementExportInput,
} from './export.input.js';

const ACCOUNT = ['driver_id', 'lease_id'] as const;

export class PostingExportDto extends unpaged(PostingListDto) implements PostingExportInput {}

export class PaymentExportDto extends unpaged(PaymentListDto) implements PaymentExportInput {}

export class BalanceExportDto extends unpaged(BalanceListDto) implements BalanceExportInput {}

export class StatementExportDto
  extends IntersectionType(
    OmitType(StatementQueryDto, [...ACCOUNT, 'format']),
    PartialType(PickType(StatementQueryDto, ACCOUNT)),
  )
  implements StatementExportInput {}
