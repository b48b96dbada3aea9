import { expect, test } from 'vitest';
import { inLanguage, reviewReasonsIn } from './review-reasons.ts';

const overLimit = { code: 'AMOUNT', reason: 'The order is over the limit.', reasonZh: '订单金额超过上限。' };
const noCredit = { code: 'CREDIT', reason: 'The credit is used up.', reasonZh: '信用额度已用完。' };

test('reasons are found in what the review decided', () => {
  expect(reviewReasonsIn({ review: { required: true, reasons: [overLimit, noCredit] } })).toEqual([
    overLimit,
    noCredit,
  ]);
});

test.each([[null], [undefined], ['text'], [{}], [{ review: null }], [{ review: { reasons: 'none' } }]])(
  'there are none in %j',
  (variables) => {
    expect(reviewReasonsIn(variables)).toEqual([]);
  },
);

test('a reason that is not whole is left out', () => {
  expect(reviewReasonsIn({ review: { reasons: [{ reason: 'No translation' }, overLimit] } })).toEqual([
    overLimit,
  ]);
});

test('a recorded text is told in the language of the reader', () => {
  const text = `${overLimit.reason} ${noCredit.reason}`;
  expect(inLanguage(text, [overLimit, noCredit], 'zh')).toBe('订单金额超过上限。 信用额度已用完。');
  expect(inLanguage(text, [overLimit, noCredit], 'en')).toBe(text);
});

test('what a person wrote stays as it was written', () => {
  expect(inLanguage('Called them, all fine.', [overLimit], 'zh')).toBe('Called them, all fine.');
});
