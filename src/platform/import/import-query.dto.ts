import { FlagQueryField } from '../http/dto/fields.js';

export class ImportQueryDto {
  @FlagQueryField({
    optional: true,
    description: 'Report the result of the import without writing anything; default false',
  })
  dry_run?: boolean;

  @FlagQueryField({
    optional: true,
    description:
      'Whether one invalid row rejects the whole file; default true for loans and false for other files',
  })
  all_or_nothing?: boolean;
}
