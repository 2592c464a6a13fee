import type { ExportDefinition } from '../../../platform/export/export-request.js';
import { CATEGORY_LABELS } from '../account/category.js';
import { PAYMENT_METHOD_LABELS } from '../postings/posting-kind.js';
import { CREDIT_GROUP } from './receipts.view.js';

const RECEIPT_CATEGORY_LABELS = { ...CATEGORY_LABELS, [CREDIT_GROUP]: 'Left over as credit' };

/** The parameters of a report of receipts, as its file shows them. */
export interface ReceiptsExportQuery {
  readonly from: string;
  readonly to: string;
  readonly group_by: string;
}

export const RECEIPTS_EXPORT: ExportDefinition<ReceiptsExportQuery> = {
  title: 'Receipts',
  name: 'receipts',
  fileNameFilters: ['from', 'to'],
  filters: { from: 'From', to: 'Through', group_by: 'Grouped by' },
  columns: [
    { field: 'day', heading: 'Day', kind: 'date', width: 11 },
    { field: 'method', heading: 'Method', kind: 'text', width: 10, labels: PAYMENT_METHOD_LABELS },
    { field: 'posted_by', heading: 'User id', kind: 'integer', width: 9, excludeFromPdf: true },
    { field: 'posted_by_name', heading: 'Posted by', kind: 'text', width: 26 },
    { field: 'category', heading: 'Category', kind: 'text', width: 10, labels: RECEIPT_CATEGORY_LABELS },
    { field: 'receipts', heading: 'Receipts', kind: 'integer', width: 10 },
    { field: 'received', heading: 'Received', kind: 'money', width: 14, isSummed: true },
    { field: 'refunds', heading: 'Refunds', kind: 'integer', width: 10 },
    { field: 'refunded', heading: 'Refunded', kind: 'money', width: 14, isSummed: true },
  ],
};
