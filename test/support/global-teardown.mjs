/** Runs once after all tests, also after failures, and stops the PostgreSQL of global-setup.mjs. */
export default async function globalTeardown() {
  await globalThis.stopTestPostgres?.();
}
