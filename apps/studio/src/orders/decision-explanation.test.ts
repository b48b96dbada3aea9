import { expect, test } from 'vitest';
import { decisionTablesOf, ruleReason } from './decision-explanation.ts';

const rule = {
  rule: 1,
  id: 'Rule_Amount',
  notes: ['Large orders are seen by finance.'],
  outputs: { code: 'AMOUNT', reason: 'Over the limit.', reasonZh: '超过上限。' },
};
const explanation = {
  decisions: [
    {
      id: 'review-reasons',
      name: 'review reasons',
      value: [],
      tables: [{ hitPolicy: 'COLLECT', inputs: [{ label: 'Amount', value: 13040 }], matched: [rule] }],
    },
    { id: 'order-review', name: 'order review', value: {}, tables: [] },
  ],
};

test('the tables of an explanation, with what they looked at and what matched', () => {
  expect(decisionTablesOf(explanation)).toEqual([
    {
      name: 'review reasons',
      inputs: [{ label: 'Amount', value: 13040 }],
      matched: [{ rule: 1, notes: ['Large orders are seen by finance.'], outputs: rule.outputs }],
    },
  ]);
});

test.each([[null], ['text'], [{}], [{ decisions: 'none' }], [{ decisions: [null, 3, { tables: 'no' }] }]])(
  'nothing readable in %j',
  (given) => {
    expect(decisionTablesOf(given)).toEqual([]);
  },
);

test('a rule speaks the language of the reader', () => {
  expect(ruleReason(rule.outputs, 'en')).toBe('Over the limit.');
  expect(ruleReason(rule.outputs, 'zh')).toBe('超过上限。');
  expect(ruleReason({ reason: 'Only English.' }, 'zh')).toBe('Only English.');
  expect(ruleReason({ approve: true }, 'en')).toBeNull();
});
