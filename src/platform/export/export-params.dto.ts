import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { ExportFormat } from './export-formats.js';
import { EXPORT_FORMATS } from './export-formats.js';

const FORMATS = Object.keys(EXPORT_FORMATS);

export class ExportParams {
  @ApiProperty({ enum: FORMATS })
  @IsIn(FORMATS, { message: `format must be one of ${FORMATS.join(', ')}` })
  format!: ExportFormat;
}
