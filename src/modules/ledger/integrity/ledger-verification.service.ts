import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import { prepareBulkWork, Transactions } from '../../../platform/database/transactions.js';
import { SEALED_AUDIT_LOG } from '../../../platform/audit/sealed-audit-log.js';
import { SEALED_ANSWERS } from '../../../platform/idempotency/sealed-answers.js';
import { IntegrityChecks } from '../../../platform/integrity/integrity-checks.js';
import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { SEALED_STATES } from '../../../platform/integrity/sealed-states.js';
import { SEALED_OUTBOX } from '../../../platform/outbox/sealed-outbox.js';
import { SchemaCheck } from '../../../platform/integrity/schema-check.js';
import { VerificationFindings } from '../../../platform/integrity/verification-findings.js';
import { setVerificationSession } from '../../../platform/integrity/verification-session.js';
import { formatChainHead, parseChainHead } from './chain-head.js';

import { SETTLEMENT_TABLES } from '../settlement/settlement-checks.query.js';
import { LEDGER_TABLES } from './ledger-checks.query.js';
import { SEAL_TABLES } from './seal-checks.query.js';
import { SEALED_LEDGER } from './sealed-ledger.query.js';
import { VerificationQuery } from './verification.query.js';
import { SealRepository } from './seal.repository.js';
import { SealLinkingService } from './seal-linking.service.js';
import type { VerificationView } from './integrity.view.js';

interface VerificationRequest {
  /** A head from an earlier verification, stored outside the database: the chain must still contain it */
  readonly head?: string | undefined;
  /** Called after each batch with the number of records of the table that are checked */
  readonly progress?: (records: string, checked: number) => void;
}

/**
 * Verifies every record of the books (docs/domain.md, "Verification"). It reads one snapshot, so it can run at any
 * time. It first links the unlinked seals, so that the head it returns covers them. It computes hashes itself, because
 * the functions of the database could have been replaced (docs/adr/0011-tamper-evidence.md).
 */
@Injectable()
export class LedgerVerificationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly linking: SealLinkingService,
    private readonly checks: IntegrityChecks,
    private readonly schema: SchemaCheck,
    private readonly query: VerificationQuery,
    private readonly seals: SealRepository,
  ) {}

  async verify(request: VerificationRequest = {}): Promise<VerificationView> {
    await this.linking.linkWaiting();
    return this.transactions.readSnapshot(async (snapshot) => {
      await prepareBulkWork(snapshot);
      await setVerificationSession(snapshot);
      const findings = new VerificationFindings();
      for (const table of this.tables()) {
        await this.query.check(snapshot, table, findings, (checked) =>
          request.progress?.(table.records, checked),
        );
      }
      await this.checkSchema(snapshot, findings);
      if (request.head !== undefined) await this.checkHead(snapshot, request.head, findings);
      const head = await this.seals.findHead(snapshot);
      return {
        ok: findings.differencesTotal === 0,
        checked: findings.checked,
        differences_total: findings.differencesTotal,
        differences: [...findings.differences],
        chain_head: head && formatChainHead(head),
      };
    });
  }

  private tables(): readonly IntegrityCheck[] {
    const ofPlatform = [SEALED_AUDIT_LOG, ...SEALED_OUTBOX, ...SEALED_ANSWERS, SEALED_STATES];
    return [
      ...[...LEDGER_TABLES, ...SETTLEMENT_TABLES, ...this.checks.tables],
      ...[...SEALED_LEDGER, ...ofPlatform, ...SEAL_TABLES],
    ];
  }

  private async checkSchema(snapshot: SqlRunner, findings: VerificationFindings): Promise<void> {
    const { checked, differences } = await this.schema.compare(snapshot);
    findings.count('schema_objects', checked);
    findings.add(differences, differences.length);
  }

  private async checkHead(
    snapshot: SqlRunner,
    expected: string,
    findings: VerificationFindings,
  ): Promise<void> {
    const { number } = parseChainHead(expected);
    const link = await this.seals.findLink(snapshot, number);
    const actual = link && formatChainHead(link);
    if (actual === expected) return;
    const message = 'is not the link of the given head';
    findings.add([{ kind: 'CHAIN_LINK', id: number, message, expected, actual }], 1);
  }
}
