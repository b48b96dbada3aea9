import { compileDecisions, compileProcesses } from '@orderloom/bpmn';
import { describe, expect, test } from 'vitest';
import { readTemplates } from './index.ts';

const { processes, decisions, forms } = await readTemplates();
const [document] = await Promise.all(processes.map(({ text }) => compileProcesses(text)));
const [process] = document!.processes;

describe('the order process', () => {
  test('compiles without a finding', () => {
    expect(document!.findings).toEqual([]);
    expect(process!.id).toBe('OrderToDelivery');
  });

  test('starts with a received order', () => {
    expect(process!.startEvents.messages).toEqual([{ element: 'OrderReceived', message: 'order.received' }]);
  });

  test('covers the eight stages', () => {
    const stages = new Set(process!.nodes.map(({ stage }) => stage).filter((stage) => stage !== null));
    expect([...stages].toSorted()).toEqual(
      [
        'placed',
        'reviewed',
        'reserved',
        'picked',
        'packed',
        'shipped',
        'delivered',
        'after-sales',
      ].toSorted(),
    );
  });

  test.each(
    process!.nodes.filter((node) => node.type === 'userTask').map((node) => [node.id, node] as const),
  )(
    'the user task %s has an owner, a time limit, an instruction in both languages and a form that exists',
    (_, node) => {
      expect(node.lane).not.toBeNull();
      expect(node.candidateGroups).not.toBeNull();
      expect(node.due).not.toBeNull();
      expect(node.instruction).not.toBeNull();
      expect(node.instructions).toHaveProperty('zh');
      expect(forms.map(({ fileName }) => fileName)).toContain(`${node.form}.json`);
    },
  );

  test('every named element has a Chinese name', () => {
    const missing = process!.nodes.filter(({ name, labels }) => name !== null && labels['zh'] === undefined);
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
});

describe('the review rules', () => {
  const passing = {
    amount: 4_999.99,
    currency: 'USD',
    creditSufficient: true,
    customerBlocked: false,
    addressComplete: true,
    priceDeviationPercent: 0,
    exceptionCount: 0,
  };
  test.each([
    ['a good order passes untouched', {}, []],
    ['at the limit it still passes', { amount: 10_000 }, []],
    ['over the limit finance looks', { amount: 10_000.01 }, ['AMOUNT_OVER_LIMIT']],
    ['beyond the credit', { creditSufficient: false }, ['CREDIT_EXCEEDED']],
    ['a blocked customer', { customerBlocked: true }, ['CUSTOMER_BLOCKED']],
    ['an address nobody could print', { addressComplete: false }, ['ADDRESS_INCOMPLETE']],
    ['a price off by more than five percent', { priceDeviationPercent: 5.01 }, ['PRICE_DEVIATION']],
    ['an exception of the document', { exceptionCount: 1 }, ['DOCUMENT_EXCEPTIONS']],
    [
      'every reason is given, not only the first',
      { amount: 20_000, creditSufficient: false, addressComplete: false },
      ['AMOUNT_OVER_LIMIT', 'CREDIT_EXCEEDED', 'ADDRESS_INCOMPLETE'],
    ],
  ])('%s', async (_, change, codes) => {
    const compiled = await compileDecisions(decisions[0]!.text);
    const review = compiled.find(({ id }) => id === 'order-review')!;
    const { value } = review.evaluate({ facts: { ...passing, ...change } }, { now: new Date(0) });
    expect(value).toMatchObject({
      required: codes.length > 0,
      reasons: codes.map((code) => ({ code, reasonZh: expect.stringMatching(/\p{Script=Han}/u) })),
    });
  });
});

test.each(forms.map((form) => [form.fileName, form] as const))(
  '%s asks for its fields in both languages',
  (_, form) => {
    const schema = JSON.parse(form.text) as { properties: Record<string, Record<string, unknown>> };
    for (const field of Object.values(schema.properties)) {
      expect(field).toMatchObject({ title: expect.any(String), 'x-title-zh': expect.any(String) });
    }
  },
);
