import { Controller, Get, Param } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { PDF_CONTENT } from '../../../platform/http/pdf-answer.js';
import { PostingParams } from '../postings/posting-params.dto.js';
import { PaymentReceiptService } from './payment-receipt.service.js';

@ApiTags('Ledger')
@Controller('ledger/payments/:posting_id/receipt.pdf')
export class PaymentReceiptController {
  constructor(private readonly receipts: PaymentReceiptService) {}

  @Get()
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'The receipt of a payment or recovery as a PDF for the driver' })
  @ApiOkResponse({ content: PDF_CONTENT })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_NOT_FOUND')
  @Heavy()
  print(@Param() { posting_id }: PostingParams): Promise<StreamableFile> {
    return this.receipts.print(posting_id);
  }
}
