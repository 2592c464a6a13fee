import { createHmac } from 'node:crypto';
import type { Client } from 'pg';

/** The role of the service: it owns nothing. The superuser of the cluster owns the tables. */
export const SERVICE_ROLE = 'driver_loans_service';

/** Made from the password of the superuser, so every process of the cluster knows it, and no second file keeps it. */
export function servicePassword(superuserPassword: string): string {
  return createHmac('sha256', superuserPassword).update(SERVICE_ROLE).digest('base64url');
}

/** Makes the role if it is missing, also in a cluster that an earlier release made with one role. One process at a time. */
export async function ensureServiceRole(superuser: Client, superuserPassword: string): Promise<void> {
  const found = await superuser.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [SERVICE_ROLE]);
  if (found.rowCount === 0) await superuser.query(`CREATE ROLE ${SERVICE_ROLE} LOGIN`);
  const password = superuser.escapeLiteral(servicePassword(superuserPassword));
  await superuser.query(`ALTER ROLE ${SERVICE_ROLE} PASSWORD ${password}`);
}
