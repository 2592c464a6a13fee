import { Module } from '@nestjs/common';
import { AuditController } from './entries/audit.controller.js';

/** Shows what platform/audit keeps to those who may see it. */
@Module({ controllers: [AuditController] })
export class AuditModule {}
