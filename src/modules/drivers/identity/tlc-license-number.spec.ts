import { TLC_LICENSE_NUMBER, normalizeTlcLicenseNumber } from './tlc-license-number.js';

const isTlcLicenseNumber = (typed: string): boolean =>
  TLC_LICENSE_NUMBER.test(normalizeTlcLicenseNumber(typed));

describe('a TLC license number', () => {
  it.each(['5123456', 'A', '12345678901234567890', 'TLC-0042'])('can be %s', (typed) => {
    expect(isTlcLicenseNumber(typed)).toBe(true);
  });

  it.each([
    '',
    '   ',
    '123456789012345678901',
    '512 3456',
    '5123456%',
    '５１２３４５６',
    'Т100',
    '512\u0000',
  ])('cannot be %j', (typed) => {
    expect(isTlcLicenseNumber(typed)).toBe(false);
  });

  it('is normalized whether it was typed or scanned', () => {
    expect(normalizeTlcLicenseNumber('\ttlc-0042\r\n')).toBe('TLC-0042');
  });
});
