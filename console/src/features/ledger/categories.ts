import { codesOf, labels, paymentOrder } from '../../i18n/code-lists';

/** In the order of payment (docs/domain.md, "Categories"); the categories outside that order are the last. */
export const CATEGORIES = codesOf(labels.category);

/** The categories that a payment by hierarchy pays, in this order. */
export const HIERARCHY = paymentOrder;
