import { createHmac } from 'node:crypto';
import type { Client } from 'pg';

/** The role of the service. It owns nothing: the superuser of the cluster owns the tables. */
export const SERVICE_ROLE = 'driver_loans_service';

/** Derived from the password of the superuser, so every process of the cluster knows it and it needs no file. */
export function servicePassword(superuserPassword: string): string {
  return createHmac('sha256', superuserPassword).update(SERVICE_ROLE).digest('base64url');
}

/**
 * Creates the role if it is missing, also in a cluster of an earlier release with only one role. Callers must not
 * run it concurrently.
 */
export async function ensureServiceRole(superuser: Client, superuserPassword: string): Promise<void> {
  const found = await superuser.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [SERVICE_ROLE]);
  if (found.rowCount === 0) await superuser.query(`CREATE ROLE ${SERVICE_ROLE} LOGIN`);
  const password = superuser.escapeLiteral(servicePassword(superuserPassword));
  await superuser.query(`ALTER ROLE ${SERVICE_ROLE} PASSWORD ${password}`);
}
