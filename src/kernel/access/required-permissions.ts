import { DomainError } from '../errors/domain-error.js';
import type { Actor, Permission } from './actor.js';

/**
 * Throws PERMISSION_MISSING if the actor lacks a required permission. The message lists the missing ones in the
 * order requested: "This needs the permission loans:create."
 */
export function requirePermissions(
  { permissions }: Pick<Actor, 'permissions'>,
  required: readonly Permission[],
): void {
  const missing = required.filter((permission) => !permissions.has(permission));
  if (missing.length === 0) return;
  const noun = missing.length === 1 ? 'permission' : 'permissions';
  throw new DomainError('PERMISSION_MISSING', `This needs the ${noun} ${missing.join(' and ')}.`);
}
