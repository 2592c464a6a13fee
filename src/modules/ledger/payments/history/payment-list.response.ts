import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MoneyProperty } from '../../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../../platform/http/openapi/page.response.js';
import { PostingListItem, PostingResponse, SettledBalanceResponse } from '../../postings/posting.response.js';
import type { PaymentDetailView, PaymentListItemView, PaymentUseView } from './payment-list.view.js';

class PaymentUse implements PaymentUseView {
  @MoneyProperty({
    example: '254.11',
    description: 'The sum of its allocations; of a VOIDED payment, of those that the void reversed',
  })
  total_allocated!: string;

  @MoneyProperty({
    nullable: true,
    example: '0.00',
    description: 'The part that was refunded to the driver; null for a recovery',
  })
  refunded!: string | null;

  @MoneyProperty({
    nullable: true,
    example: '45.89',
    description: 'The part that is still a credit of the driver; null for a recovery',
  })
  left_over!: string | null;
}

export class PaymentListItem
  extends IntersectionType(PostingListItem, PaymentUse)
  implements PaymentListItemView {}

export const PaymentPage = pageOf(PaymentListItem, 'PaymentPage');

export class PaymentDetailResponse extends PaymentUse implements PaymentDetailView {
  @ApiProperty()
  posting!: PostingResponse;

  @MoneyProperty({ example: '300.00' })
  total_payment!: string;

  @ApiProperty({ type: [SettledBalanceResponse], description: 'Oldest first' })
  allocations!: SettledBalanceResponse[];
}
