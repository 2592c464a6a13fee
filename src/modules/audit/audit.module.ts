import { Module } from '@nestjs/common';
import { AuditController } from './entries/audit.controller.js';

/** The route that shows the audit log, which platform/audit writes. */
@Module({ controllers: [AuditController] })
export class AuditModule {}
