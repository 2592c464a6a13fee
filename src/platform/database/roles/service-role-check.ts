import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../config/app-config.js';

interface Role {
  readonly name: string;
  readonly ownsLog: boolean;
  readonly mayChangeLog: boolean;
}

/** In production, logs a warning at the start if the database role of the service has dangerous privileges. */
@Injectable()
export class ServiceRoleCheck implements OnApplicationBootstrap {
  private readonly logger = new Logger(ServiceRoleCheck.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.NODE_ENV !== 'production') return;
    const [{ name, ownsLog, mayChangeLog }] = await this.dataSource.query<[Role]>(
      // a superuser is a member of every role, and has every privilege
      `SELECT current_user::text AS name, pg_has_role(relowner, 'MEMBER') AS "ownsLog",
              has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') AS "mayChangeLog"
       FROM pg_class WHERE oid = 'audit_log'::regclass`,
    );
    if (!ownsLog && !mayChangeLog) return;
    const danger = ownsLog ? 'owns audit_log or is a superuser' : 'may change audit_log';
    this.logger.warn(
      `SECURITY: the database role ${name} of DATABASE_URL ${danger}. An attacker in this process can disable the ` +
        'triggers and rewrite the audit log and the ledger. Use a role that owns nothing (docs/operations.md, "Database roles").',
    );
  }
}
