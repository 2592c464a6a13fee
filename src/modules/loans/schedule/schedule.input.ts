import type { UnpostedListInput } from '../posting/posting.input.js';

export interface InstallmentListInput extends UnpostedListInput {
  readonly posted?: boolean;
}
