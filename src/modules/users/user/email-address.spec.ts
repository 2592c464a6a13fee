import { emailAddress } from './email-address.js';

describe('an e-mail address', () => {
  it.each([
    ['clerk@example.com', 'clerk@example.com'],
    ['  Maria.Ruiz+loans@Example.COM ', 'maria.ruiz+loans@example.com'],
    ["o'brien@taxi.example.org", "o'brien@taxi.example.org"],
  ])('is accepted from %p as %p', (text, address) => {
    expect(emailAddress(text)).toBe(address);
  });

  it.each([
    '',
    'clerk',
    'clerk@localhost',
    'clerk@example.',
    '@example.com',
    'two words@example.com',
    'a@b@example.com',
    'clerk\u0000@example.com',
    'clérk@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('cannot be %p', (text) => {
    expect(emailAddress(text)).toBeNull();
  });
});
