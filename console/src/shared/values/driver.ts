import type { Schemas } from '../../api/client';

export type Driver = Schemas['DriverResponse'];

export const driverName = (driver: Pick<Driver, 'first_name' | 'last_name'>): string =>
  `${driver.first_name} ${driver.last_name}`.trim();
