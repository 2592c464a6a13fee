import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../platform/database/page.js';
import { allowLongStatements, Transactions } from '../../platform/database/transactions.js';
import { formatChainHead, parseChainHead } from './domain/chain-head.js';
import { VerificationFindings } from './domain/verification-findings.js';
import type { VerificationResponse } from './http/verification.response.js';
import { LedgerCheckers } from './ledger-checkers.js';
import { LEDGER_TABLES } from './queries/ledger-checks.query.js';
import { SEAL_TABLES } from './queries/seal-checks.query.js';
import { VerificationQuery } from './queries/verification.query.js';
import { SealRepository } from './repositories/seal.repository.js';
import { SealLinkingService } from './seal-linking.service.js';

interface VerificationRequest {
  /** A head printed by an earlier verification and kept elsewhere: it must still stand in the chain */
  readonly head?: string | undefined;
  /** Told after each stretch how many records of a table are checked */
  readonly progress?: (records: string, checked: number) => void;
}

/**
 * Proves that the books agree with themselves, over every record (domain.md, "ledger:verify"). It reads one snapshot,
 * so it may run beside anything; beforehand it links the seals that wait, so that the head it prints covers them.
 */
@Injectable()
export class LedgerVerificationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly linking: SealLinkingService,
    private readonly checkers: LedgerCheckers,
    private readonly query: VerificationQuery,
    private readonly seals: SealRepository,
  ) {}

  async verify(request: VerificationRequest = {}): Promise<VerificationResponse> {
    await this.linking.linkWaiting();
    return this.transactions.readSnapshot(async (snapshot) => {
      await allowLongStatements(snapshot);
      const findings = new VerificationFindings();
      for (const table of [...LEDGER_TABLES, ...this.checkers.tables, ...SEAL_TABLES]) {
        await this.query.check(snapshot, table, findings, (checked) =>
          request.progress?.(table.records, checked),
        );
      }
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

  private async checkHead(
    snapshot: SqlRunner,
    expected: string,
    findings: VerificationFindings,
  ): Promise<void> {
    const { number } = parseChainHead(expected);
    const link = await this.seals.findLink(snapshot, number);
    const actual = link && formatChainHead(link);
    if (actual === expected) return;
    const message = 'is not the link that was kept';
    findings.add([{ kind: 'CHAIN_LINK', id: number, message, expected, actual }], 1);
  }
}
