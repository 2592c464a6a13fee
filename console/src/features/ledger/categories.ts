import { codesOf, labels } from '../../api/code-lists';

/** In the order of payment (docs/domain.md, "Categories"); the categories outside that order are the last. */
export const CATEGORIES = codesOf(labels.category);
