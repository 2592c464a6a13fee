import { Injectable, OnModuleInit } from '@nestjs/common';
import { IntegrityChecks } from '../../platform/integrity/integrity-checks.js';
import { LOAN_TABLES } from './queries/loan-checks.query.js';
import { POSTING_EVIDENCE } from './queries/posting-evidence.query.js';
import { SEALED_LOANS } from './queries/sealed-loans.js';

/** The loans' part of the ledger's verification. */
@Injectable()
export class LoanVerification implements OnModuleInit {
  constructor(private readonly checks: IntegrityChecks) {}

  onModuleInit(): void {
    this.checks.register(...LOAN_TABLES, POSTING_EVIDENCE, ...SEALED_LOANS);
  }
}
