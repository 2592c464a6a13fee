import { asSentence, counted, printedCode, waitingTime } from './sentence.js';

describe('the sentence from a message', () => {
  it.each([
    ['amount must be greater than 0.00', 'Amount must be greater than 0.00.'],
    ['the request is not valid', 'The request is not valid.'],
    ['refresh_token is not a field of this request', 'refresh_token is not a field of this request.'],
    ['items.0.amount must be a number', 'items.0.amount must be a number.'],
  ])('is built correctly from "%s"', (message, sentence) => {
    expect(asSentence(message)).toBe(sentence);
  });
});

describe('a time to wait', () => {
  it.each([
    [1, '1 second'],
    [99, '99 seconds'],
    [100, '2 minutes'],
    [3_541, '60 minutes'],
  ])('of %i seconds is in a unit that people count in, and never too short', (seconds, text) => {
    expect(waitingTime(seconds)).toBe(text);
  });
});

describe('a count with its noun', () => {
  it.each([
    [0, '0 rows'],
    [1, '1 row'],
    [2, '2 rows'],
  ])('has the correct plural for %i', (count, text) => {
    expect(counted(count, 'row')).toBe(text);
  });
});

describe('a code without a label', () => {
  it.each([
    ['CHECK', 'Check'],
    ['WEEKLY_EARNINGS', 'Weekly earnings'],
  ])('is printed in words: %s', (code, text) => {
    expect(printedCode(code)).toBe(text);
  });
});
