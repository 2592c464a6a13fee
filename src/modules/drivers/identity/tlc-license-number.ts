/** A license number of the Taxi and Limousine Commission, as we store it. */
export const TLC_LICENSE_NUMBER = /^[A-Z0-9-]{1,20}$/;

/** One spelling for one license, however it was typed or scanned; the result may still be no license number. */
export function normalizeTlcLicenseNumber(typed: string): string {
  return typed.trim().toUpperCase();
}
