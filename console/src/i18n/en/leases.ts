export const leases = {
  title: 'Leases',
  description: 'Contracts between drivers and cabs',
  search: 'Lease, medallion or plate',
  none: 'No leases yet.',
  add: 'Create lease',
  edit: 'Edit lease',
  number: 'Lease number',
  start: 'From',
  end: 'Until',
  open: 'open',
  created: 'Lease {{lease}} is created.',
  saved: 'Lease {{lease}} is changed.',
} as const;
