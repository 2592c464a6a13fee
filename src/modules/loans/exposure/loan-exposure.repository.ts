import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { Exposure } from './loan-exposure.js';
import { IS_OPEN, OUTSTANDING } from '../loan/figures.sql.js';

const EXPOSURES = `
  SELECT driver_id, count(*)::integer AS loans, ${OUTSTANDING} AS principal
  FROM driver_loans l
  WHERE driver_id = ANY($1) AND ${IS_OPEN}
  GROUP BY driver_id`;

@Injectable()
export class LoanExposureRepository {
  /** The exposure of the drivers, without drivers that have no open loan. Lock the drivers first. */
  async find(tx: Tx, driverIds: readonly number[]): Promise<ReadonlyMap<number, Exposure>> {
    const rows = await tx.query<{ driver_id: number; loans: number; principal: string }[]>(EXPOSURES, [
      driverIds,
    ]);
    return new Map(
      rows.map(({ driver_id, loans, principal }) => [driver_id, { loans, principal: Money.of(principal) }]),
    );
  }
}
