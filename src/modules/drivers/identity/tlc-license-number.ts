/** A license number of the Taxi and Limousine Commission (TLC), as it is stored. */
export const TLC_LICENSE_NUMBER = /^[A-Z0-9-]{1,20}$/;

/** Normalizes the spelling of a typed or scanned license number. The result can still be invalid. */
export function normalizeTlcLicenseNumber(typed: string): string {
  return typed.trim().toUpperCase();
}
