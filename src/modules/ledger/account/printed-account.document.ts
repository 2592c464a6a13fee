import type { PdfDocument } from '../../../platform/pdf/pdf-document.js';
import { printedInstant } from '../../../platform/pdf/printed.js';
import type { AccountHolder } from './account.query.js';

/** Driver, lease and cab, at the top of a document about an account. */
export function holderFacts(holder: AccountHolder): Parameters<PdfDocument['facts']>[0][number] {
  return [
    ['Driver', `${holder.first_name} ${holder.last_name}`.trim(), `TLC license ${holder.tlc_license_number}`],
    ['Lease', holder.lease_number],
    ['Cab', `Medallion ${holder.medallion_number}`, `Plate ${holder.vehicle_plate}`],
  ];
}

/** The foot of a document about an account. */
export function accountFoot(holder: AccountHolder, madeAt: Date, timeZone: string): string {
  const printed = `Printed ${printedInstant(madeAt, timeZone)}`;
  return `TLC license ${holder.tlc_license_number} · Lease ${holder.lease_number} · ${printed}`;
}

/** What an obligation is for. Includes the reference, because tolls can have the same description. */
export function purposeOf(obligation: {
  readonly reference_id: string;
  readonly description: string | null;
}): string {
  const { reference_id, description } = obligation;
  return description === null || description === reference_id
    ? reference_id
    : `${reference_id} · ${description}`;
}
