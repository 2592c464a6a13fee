import { PasswordHasherService } from './password-hasher.service.js';

const PASSWORD = 'correct horse battery staple';

describe('PasswordHasherService', () => {
  const hasher = new PasswordHasherService();

  it('hashes with argon2id, 19 MiB, two passes and a new salt each time', async () => {
    const [first, second] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
  });

  it('verifies the password and no other', async () => {
    const stored = await hasher.hash(PASSWORD);
    expect(await hasher.matches(PASSWORD, stored)).toBe(true);
    expect(await hasher.matches(`${PASSWORD} `, stored)).toBe(false);
    expect(await hasher.matches('', stored)).toBe(false);
  });

  it('accepts an accented letter in any Unicode composition', async () => {
    const stored = await hasher.hash('caf\u00e9 au lait 2025');
    expect(await hasher.matches('cafe\u0301 au lait 2025', stored)).toBe(true);
  });

  it('does the full work for an unknown user and returns false', async () => {
    const stored = await hasher.hash(PASSWORD);
    const millisecondsOf = async (hash: string | null) => {
      const began = performance.now();
      expect(await hasher.matches('a wrong password', hash)).toBe(false);
      return performance.now() - began;
    };
    const known = await millisecondsOf(stored);
    const unknown = await millisecondsOf(null);
    expect(unknown).toBeGreaterThan(known / 10);
  });

  it('serves every waiting caller, also after a failure', async () => {
    const stored = await hasher.hash(PASSWORD);
    const answers = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => hasher.matches(PASSWORD, 'not a hash')),
      ...Array.from({ length: 5 }, () => hasher.matches(PASSWORD, stored)),
    ]);
    expect(answers.filter((answer) => answer.status === 'rejected')).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value)).toHaveLength(5);
  });
});
