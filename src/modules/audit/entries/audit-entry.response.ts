import { ApiProperty } from '@nestjs/swagger';
import type { AuditEntry } from '../../../platform/audit/audit-entry.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';

export class AuditEntryResponse implements AuditEntry {
  @ApiProperty({ type: 'integer', example: 17 })
  id!: number;

  @ApiProperty({ format: 'date-time', type: String, example: '2025-10-29T13:00:00.000Z' })
  at!: Date;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The user; null for the system' })
  actor_id!: number | null;

  @ApiProperty({ example: 'loan.edit' })
  action!: string;

  @ApiProperty({ example: 'loan' })
  record_type!: string;

  @ApiProperty({ example: 'DL-2025-0001' })
  record_id!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The old values of the changed fields; null for a new record',
  })
  before!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The new values of the changed fields; the whole record if it is new',
  })
  after!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The id of the request; null if the change was not made by a request',
  })
  request_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '192.0.2.7',
    description: 'The IP address of the client',
  })
  address!: string | null;
}

export const AuditPage = pageOf(AuditEntryResponse, 'AuditPage');
