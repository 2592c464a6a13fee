import type { TFunction } from 'i18next';
import type { Permission } from '../../api/session';

/** `loans:write-off` → "Write off loans". */
export const permissionLabel = (t: TFunction, permission: Permission): string =>
  t(`permission.${permission.replace(':', '.')}` as 'permission.loans.view');
