/** Once after all tests, also after failed ones: stops what global-setup.mjs started. */
export default async function globalTeardown() {
  await globalThis.stopTestPostgres?.();
}
