import { Injectable, OnModuleInit } from '@nestjs/common';
import { LedgerCheckers } from '../ledger/index.js';
import { LOAN_TABLES } from './queries/loan-checks.query.js';

/** The loans' part of the ledger's verification. */
@Injectable()
export class LoanVerification implements OnModuleInit {
  constructor(private readonly checkers: LedgerCheckers) {}

  onModuleInit(): void {
    this.checkers.register(...LOAN_TABLES);
  }
}
