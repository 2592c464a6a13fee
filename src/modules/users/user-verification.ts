import { Injectable, OnModuleInit } from '@nestjs/common';
import { IntegrityChecks } from '../../platform/integrity/integrity-checks.js';
import { SEALED_USERS } from './queries/sealed-users.js';

/** The users' part of the ledger's verification: who may sign in, as what, and with which password. */
@Injectable()
export class UserVerification implements OnModuleInit {
  constructor(private readonly checks: IntegrityChecks) {}

  onModuleInit(): void {
    this.checks.register(...SEALED_USERS);
  }
}
