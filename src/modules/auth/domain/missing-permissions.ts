import type { Permission } from '../../../kernel/access/permission.js';

/** The needed permissions that are not held, in the order in which the route names them. */
export function missingPermissions(
  needed: readonly Permission[],
  held: ReadonlySet<Permission>,
): readonly Permission[] {
  return needed.filter((permission) => !held.has(permission));
}

/** "This needs the permission loans:create." Tells a clerk exactly what to ask an administrator for. */
export function missingPermissionsSentence(missing: readonly Permission[]): string {
  const noun = missing.length === 1 ? 'permission' : 'permissions';
  return `This needs the ${noun} ${missing.join(' and ')}.`;
}
