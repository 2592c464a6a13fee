import { DataSource } from 'typeorm';
import { withAdvisoryLock } from './advisory-lock.js';
import { dataSourceOptions } from './data-source-options.js';

/** Any number that no other lock of ours uses; the same in every replica. */
const MIGRATION_LOCK = 4_270_001;

/**
 * Brings the schema up to date. Replicas that start together wait for one another here, so each step runs once.
 * Returns the names of the steps that ran.
 */
export function migrate(url: string): Promise<string[]> {
  return withAdvisoryLock(url, MIGRATION_LOCK, async () => {
    const dataSource = new DataSource(dataSourceOptions({ url, poolSize: 2 }));
    await dataSource.initialize();
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      return ran.map((step) => step.name);
    } finally {
      await dataSource.destroy();
    }
  });
}
