import { ApiProperty } from '@nestjs/swagger';

interface Options {
  readonly type?: typeof String | 'integer';
  readonly example?: string;
  readonly description?: string;
}

/**
 * The id of a created record, null in a dry run. The TypeScript type is not nullable because no code of the service
 * reads the response of a dry run.
 */
export function NullInDryRun({ type = String, example, description }: Options): PropertyDecorator {
  return ApiProperty({
    type,
    nullable: true,
    description: description ? `${description}. Null in a dry run` : 'Null in a dry run',
    ...(example === undefined ? {} : { example }),
  });
}
