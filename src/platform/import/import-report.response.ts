import { ApiProperty } from '@nestjs/swagger';
import type { ErrorCode } from '../../kernel/errors/domain-error.js';
import type { ImportReportView } from './import-report.js';
import type { RowChange } from './report/row-change.js';
import type { RowError } from './row-error.js';

export class RowErrorResponse implements RowError {
  @ApiProperty({ type: 'integer', description: 'The line on which the row begins, from 1', example: 7 })
  line!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The column, or null for the whole row',
    example: 'email',
  })
  field!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'At most 100 characters',
    example: 'amar.example.com',
  })
  value!: string | null;

  @ApiProperty({ type: String, description: 'An error code of docs/errors.md', example: 'VALIDATION_FAILED' })
  code!: ErrorCode;

  @ApiProperty({ example: 'email must be an e-mail address.' })
  reason!: string;
}

export class RowChangeResponse implements RowChange {
  @ApiProperty({ type: 'integer', description: 'The line on which the row begins, from 1', example: 3 })
  line!: number;

  @ApiProperty({
    description: 'The TLC license number of the driver or the lease number',
    example: '5123456',
  })
  record!: string;

  @ApiProperty({ example: 'status' })
  field!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null if the field was empty',
    example: 'ACTIVE',
  })
  before!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'INACTIVE' })
  after!: string | null;
}

export class ImportReportResponse implements ImportReportView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ description: 'Whether one invalid row rejects the file' })
  all_or_nothing!: boolean;

  @ApiProperty({ description: 'Whether the valid rows were imported; false for a dry run' })
  applied!: boolean;

  @ApiProperty({ example: 'Read 120 rows: 80 created, 10 updated, 29 unchanged, 1 rejected.' })
  message!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Rows below the header: the sum of the next four fields',
  })
  rows!: number;

  @ApiProperty({ type: 'integer' })
  created!: number;

  @ApiProperty({ type: 'integer' })
  updated!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that match the existing data' })
  unchanged!: number;

  @ApiProperty({ type: 'integer' })
  rejected!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Total number of changed fields, including those that `changes` omits',
  })
  changes_total!: number;

  @ApiProperty({
    type: [RowChangeResponse],
    description: 'The first 100 changed fields of updated records, in the order of the file',
  })
  changes!: RowChangeResponse[];

  @ApiProperty({
    type: 'integer',
    description: 'Total number of errors, including those that `errors` omits',
  })
  errors_total!: number;

  @ApiProperty({ type: [RowErrorResponse], description: 'The first 1,000, in the order of the file' })
  errors!: RowErrorResponse[];
}
