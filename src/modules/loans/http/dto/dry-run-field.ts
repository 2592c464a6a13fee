import { FlagField } from '../../../../platform/http/dto/fields.js';

/** `dry_run` of a change to a loan. */
export function DryRunField(): PropertyDecorator {
  return FlagField({
    optional: true,
    default: false,
    description: 'Answer what the change would make of the loan, and write nothing',
  });
}
