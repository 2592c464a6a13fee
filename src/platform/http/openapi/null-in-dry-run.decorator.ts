import { ApiProperty } from '@nestjs/swagger';

interface Options {
  readonly type?: typeof String | 'integer';
  readonly example?: string;
  readonly description?: string;
}

/**
 * The id of a record that a write makes: null in the answer of a dry run. The TypeScript type stays that of the real
 * answer, as no code of the service reads the answer of a dry run.
 */
export function NullInDryRun({ type = String, example, description }: Options): PropertyDecorator {
  return ApiProperty({
    type,
    nullable: true,
    description: description ? `${description}. Null in a dry run` : 'Null in a dry run',
    ...(example === undefined ? {} : { example }),
  });
}
