import { account } from './account';
import { audit } from './audit';
import { common } from './common';
import { dashboard } from './dashboard';
import { drivers } from './drivers';
import { imports } from './imports';
import { leases } from './leases';
import { ledger } from './ledger';
import { loans } from './loans';
import { posting } from './posting';
import { settlement } from './settlement';
import { users } from './users';

/** All texts of the console, one object per feature. */
export const en = {
  ...common,
  account,
  audit,
  dashboard,
  drivers,
  imports,
  leases,
  ledger,
  loans,
  posting,
  settlement,
  users,
} as const;
