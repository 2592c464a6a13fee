import { passwordRefusal } from './password-policy.js';

const EMAIL = 'maria.ruiz@example.com';

describe('the password policy', () => {
  it.each(['twelve chars', 'x'.repeat(128), '🚕'.repeat(12), 'correct horse battery staple'])(
    'takes %p',
    (password) => {
      expect(passwordRefusal(password, EMAIL)).toBeNull();
    },
  );

  it.each(['', 'eleven char', '🚕'.repeat(11), 'x'.repeat(129)])('refuses the length of %p', (password) => {
    expect(passwordRefusal(password, EMAIL)).toBe('The password must have 12 to 128 characters.');
  });

  it.each([EMAIL, 'Maria.Ruiz@Example.com', ` ${EMAIL} `])(
    'refuses the e-mail address itself: %p',
    (password) => {
      expect(passwordRefusal(password, EMAIL)).toBe('The password must not be the e-mail address.');
    },
  );
});
