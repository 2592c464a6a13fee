import { DomainError } from '../errors/domain-error.js';
import type { Actor, Permission } from './actor.js';

/**
 * Throws PERMISSION_MISSING unless the actor holds every one of the needed permissions. The sentence names each one
 * that is missing, in the order asked: "This needs the permission loans:create."
 */
export function requirePermissions(
  { permissions }: Pick<Actor, 'permissions'>,
  needed: readonly Permission[],
): void {
  const missing = needed.filter((permission) => !permissions.has(permission));
  if (missing.length === 0) return;
  const noun = missing.length === 1 ? 'permission' : 'permissions';
  throw new DomainError('PERMISSION_MISSING', `This needs the ${noun} ${missing.join(' and ')}.`);
}
