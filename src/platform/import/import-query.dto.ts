import { FlagQueryField } from '../http/dto/fields.js';

export class ImportQueryDto {
  @FlagQueryField({
    optional: true,
    description: 'Report what the import would do, and write nothing; default false',
  })
  dry_run?: boolean;

  @FlagQueryField({
    optional: true,
    description:
      'Whether one bad row refuses the whole file; default true for loans and false for the others',
  })
  all_or_nothing?: boolean;
}
