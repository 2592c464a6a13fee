import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isWeakSecret } from './weak-secret.js';

describe('a secret', () => {
  it('from the example file is weak', () => {
    const example = readFileSync(path.resolve(__dirname, '../../../.env.example'), 'utf8');
    const secret = /AUTH_JWT_SECRET=(.*)/.exec(example)?.[1] ?? '';
    expect(secret).not.toBe('');
    expect(isWeakSecret(secret)).toBe(true);
  });

  it.each([
    'changeme-changeme-changeme-changeme',
    'please_CHANGE_ME_before_production!!',
    'my super secret signing key for tokens',
    'x'.repeat(64),
    'abababababababababababababababababababab',
    '1234567890123456789012345678901234567890',
  ])('such as %s is weak', (secret) => {
    expect(isWeakSecret(secret)).toBe(true);
  });

  it.each(['hex', 'base64', 'base64url'] as const)('of random bytes in %s is not weak', (encoding) => {
    // fixed bytes, because a test with random bytes may fail one day
    const bytes = Buffer.from('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'hex');
    expect(isWeakSecret(bytes.toString(encoding))).toBe(false);
  });
});
