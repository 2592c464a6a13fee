import {
  IconBook2,
  IconCalendarDollar,
  IconCash,
  IconCoins,
  IconFileText,
  IconHistory,
  IconLayoutDashboard,
  IconSteeringWheel,
  IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '../api/session';

type Icon = typeof IconCoins;

export interface MenuEntry {
  readonly to: string;
  readonly label:
    'dashboard' | 'loans' | 'posting' | 'settlement' | 'ledger' | 'drivers' | 'leases' | 'users' | 'audit';
  readonly icon: Icon;
  /** The permission that the page requires */
  readonly permission: Permission;
}

export const MENU: readonly {
  readonly label: 'groupWork' | 'groupRecords' | 'groupAdmin';
  readonly entries: readonly MenuEntry[];
}[] = [
  {
    label: 'groupWork',
    entries: [
      { to: '/', label: 'dashboard', icon: IconLayoutDashboard, permission: 'loans:view' },
      { to: '/loans', label: 'loans', icon: IconCoins, permission: 'loans:view' },
      { to: '/posting', label: 'posting', icon: IconCalendarDollar, permission: 'loans:view' },
      { to: '/settlement', label: 'settlement', icon: IconCash, permission: 'ledger:view' },
      { to: '/ledger', label: 'ledger', icon: IconBook2, permission: 'ledger:view' },
    ],
  },
  {
    label: 'groupRecords',
    entries: [
      { to: '/drivers', label: 'drivers', icon: IconSteeringWheel, permission: 'drivers:view' },
      { to: '/leases', label: 'leases', icon: IconFileText, permission: 'leases:view' },
    ],
  },
  {
    label: 'groupAdmin',
    entries: [
      { to: '/users', label: 'users', icon: IconUsers, permission: 'users:manage' },
      { to: '/audit', label: 'audit', icon: IconHistory, permission: 'audit:view' },
    ],
  },
];
