import { passwordRefusal } from './password-policy.js';

const EMAIL = 'maria.ruiz@example.com';
const OWNER = { email: EMAIL, fleetName: 'Big Apple Taxi' };
const VARIED = Array.from({ length: 128 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 997) % 5_000)),
).join('');

describe('the password policy', () => {
  it.each([
    'twelve chars',
    VARIED,
    '🚕🚖🚗🚙🚌🚎🏎🚓🚑🚒🚐🛻',
    'correct horse battery staple',
    // no character class is required
    'onlylowercaseletters',
    '480273915562',
    'maria has a dog and ruiz a cat',
  ])('accepts %p', (password) => {
    expect(passwordRefusal(password, OWNER)).toBeNull();
  });

  it.each(['', 'eleven char', '🚕'.repeat(11), `${VARIED}x`])('rejects the length of %p', (password) => {
    expect(passwordRefusal(password, OWNER)).toBe('The password must have 12 to 128 characters.');
  });

  it.each([EMAIL, 'Maria.Ruiz@Example.com', ` ${EMAIL} `])('rejects the e-mail address %p', (password) => {
    expect(passwordRefusal(password, OWNER)).toBe('The password must not be the e-mail address.');
  });

  it.each(['maria.ruiz-2026', 'i am MARIA.RUIZ!'])(
    'rejects %p because it contains the name of the e-mail address',
    (password) => {
      expect(passwordRefusal(password, OWNER)).toBe(
        'The password must not contain the name in the e-mail address.',
      );
    },
  );

  it('ignores a very short name', () => {
    expect(passwordRefusal('a bottle of red wine', { ...OWNER, email: 'red@example.com' })).toBeNull();
  });

  it.each([
    'password1234',
    'Password1234',
    'Password1234!!',
    'Summer2025!!!',
    'bigappletaxi',
    'Big-Apple-Taxi',
    'driver-loans-demo',
    'newyorktaxi1',
    'QWERTYUIOPASDF',
    ' 1q2w3e4r5t6y ',
    'ｐａｓｓｗｏｒｄ１２３４',
    'x'.repeat(40),
    'abababababab',
    'abcdabcdabcd',
  ])('rejects the common password %p', (password) => {
    expect(passwordRefusal(password, OWNER)).toMatch(/too easy to guess/);
  });
});
