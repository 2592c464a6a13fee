import type { Actor, Permission } from '../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { permissionsOf, UserQueryService } from '../modules/users/index.js';
import type { ServiceFinder } from './cli-context.js';
import { UsageError } from './usage-error.js';

/**
 * The user of --as, who needs the permission, or the system without --as. Throws UsageError.
 * @param work what the user wants to do, such as `import loans`
 */
export async function actorOf(
  find: ServiceFinder,
  email: string | undefined,
  work: string,
  permission: Permission,
): Promise<Actor> {
  if (email === undefined) return SYSTEM_ACTOR;
  const user = await find(UserQueryService).findActiveByEmail(email);
  if (user === null) throw new UsageError(`There is no active user with the e-mail "${email}".`);
  const permissions = permissionsOf(user.roles);
  if (!permissions.has(permission)) {
    throw new UsageError(`${user.email} may not ${work}: ${permission} is missing.`);
  }
  return { userId: user.id, permissions };
}
