import { ConfigError, loadConfig } from '../../src/platform/config/load-config.js';

/** The messages for invalid settings. Empty if the settings are valid. */
export function configErrors(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
}
