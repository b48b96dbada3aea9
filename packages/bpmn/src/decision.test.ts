import type { FeelValue } from '@orderloom/feel';
import { describe, expect, test } from 'vitest';
import { compileDecisions } from './decision.ts';

const environment = { now: new Date('2026-02-01T10:00:00Z') };

const document = (content: string, version = '20191111') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/${version}/MODEL/" id="rules" name="Rules" namespace="test">
${content}
</definitions>`;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const entry = (element: string, text: string) => `<${element}><text>${escape(text)}</text></${element}>`;

interface TableSketch {
  readonly policy: string;
  readonly inputs: readonly string[];
  /** Each output with its allowed values and default. */
  readonly outputs: readonly { name: string; values?: string; otherwise?: string }[];
  /** Input entries, then output entries. */
  readonly rules: readonly (readonly string[])[];
}

const table = ({ policy, inputs, outputs, rules }: TableSketch) => `
<decisionTable ${policy}>
  ${inputs.map((text) => `<input>${entry('inputExpression', text)}</input>`).join('')}
  ${outputs
    .map(
      ({ name, values, otherwise }) =>
        `<output name="${name}">${values === undefined ? '' : entry('outputValues', values)}${
          otherwise === undefined ? '' : entry('defaultOutputEntry', otherwise)
        }</output>`,
    )
    .join('')}
  ${rules
    .map(
      (cells, index) =>
        `<rule id="rule${index + 1}">${cells
          .map((cell, column) => entry(column < inputs.length ? 'inputEntry' : 'outputEntry', cell))
          .join('')}</rule>`,
    )
    .join('')}
</decisionTable>`;

const decision = (id: string, logic: string, requirements = '') =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${requirements}${logic}</decision>`;
const requires = (id: string) =>
  `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;
const literal = (text: string) => entry('literalExpression', text);

async function decide(content: string, variables: Readonly<Record<string, FeelValue>>, id?: string) {
  const decisions = await compileDecisions(document(content));
  const chosen = id === undefined ? decisions.at(-1) : decisions.find((each) => each.id === id);
  if (chosen === undefined) throw new Error('no such decision');
  return chosen.evaluate(variables, environment);
}

const REVIEW = `
<itemDefinition name="tOrder">
  <itemComponent name="total"><typeRef>number</typeRef></itemComponent>
  <itemComponent name="ship by"><typeRef>date</typeRef></itemComponent>
</itemDefinition>
<inputData id="in1" name="order"><variable name="order" typeRef="tOrder"/></inputData>
<inputData id="in2" name="customer"><variable name="customer"/></inputData>
<decision id="review" name="Needs review?">
  <variable name="review" typeRef="boolean"/>
  <informationRequirement><requiredInput href="#in1"/></informationRequirement>
  <informationRequirement><requiredInput href="#in2"/></informationRequirement>
  <decisionTable hitPolicy="FIRST">
    <input label="Order value"><inputExpression typeRef="number"><text>order.total</text></inputExpression></input>
    <input><inputExpression><text>customer.known</text></inputExpression></input>
    <output name="review" typeRef="boolean"/>
    <annotation name="Why"/>
    <rule id="large">
      <description>Large orders are seen by a person</description>
      <inputEntry><text>&gt; 10000</text></inputEntry><inputEntry><text>-</text></inputEntry>
      <outputEntry><text>true</text></outputEntry>
      <annotationEntry><text>Agreed with sales</text></annotationEntry>
    </rule>
    <rule id="stranger">
      <inputEntry><text></text></inputEntry><inputEntry><text>false</text></inputEntry>
      <outputEntry><text>order.total &gt; 500</text></outputEntry>
    </rule>
    <rule id="soon">
      <inputEntry><text>-</text></inputEntry>
      <inputEntry><text>order.ship by - today() &lt; @"P2D"</text></inputEntry>
      <outputEntry><text>true</text></outputEntry>
    </rule>
    <rule id="otherwise">
      <inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
      <outputEntry><text>false</text></outputEntry>
    </rule>
  </decisionTable>
</decision>`;

describe('a review rule', () => {
  test.each([
    [12_000, true, '2026-03-01', true, 'large'],
    [600, false, '2026-03-01', true, 'stranger'],
    [400, false, '2026-03-01', false, 'stranger'],
    [400, null, '2026-02-02', true, 'soon'],
    [400, true, '2026-03-01', false, 'otherwise'],
  ])(
    'order of %d, customer known %s, to ship by %s: %s, by the rule %s',
    async (total, known, shipBy, value, rule) => {
      const result = await decide(REVIEW, { order: { total, 'ship by': shipBy }, customer: { known } });
      expect(result.value).toBe(value);
      expect(result.explanation.decisions[0]?.tables[0]?.matched[0]?.id).toBe(rule);
    },
  );

  test('explains itself: inputs with their values, the rules that matched, and what their author noted', async () => {
    const { explanation } = await decide(REVIEW, {
      order: { total: 12_000, 'ship by': '2026-03-01' },
      customer: { known: true },
    });
    expect(explanation).toEqual({
      decisions: [
        {
          id: 'review',
          name: 'Needs review?',
          value: true,
          warnings: [],
          tables: [
            {
              hitPolicy: 'FIRST',
              inputs: [
                { label: 'Order value', value: 12_000 },
                { label: 'customer.known', value: true },
              ],
              matched: [
                {
                  rule: 1,
                  id: 'large',
                  notes: ['Large orders are seen by a person', 'Agreed with sales'],
                  outputs: { review: true },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('data that is missing warns and does not throw', async () => {
    const { value, explanation } = await decide(REVIEW, {});
    expect(value).toBe(false);
    expect(explanation.decisions[0]?.warnings.map(({ message }) => message)).toContain(
      'There is no variable "order".',
    );
  });
});

describe('hit policies', () => {
  const discount = (policy: string, otherwise?: string): string =>
    decision(
      'discount',
      table({
        policy,
        inputs: ['amount'],
        outputs: [{ name: 'percent', values: '10, 5, 2', ...(otherwise === undefined ? {} : { otherwise }) }],
        rules: [
          ['>= 100', '2'],
          ['>= 500', '5'],
          ['>= 1000', '10'],
          ['>= 1000', '5'],
        ],
      }),
    );

  test.each<[string, number, FeelValue]>([
    ['', 100, 2],
    ['', 1, null],
    ['hitPolicy="UNIQUE"', 100, 2],
    ['hitPolicy="FIRST"', 1000, 2],
    ['hitPolicy="PRIORITY"', 1000, 10],
    ['hitPolicy="ANY"', 100, 2],
    ['hitPolicy="RULE ORDER"', 1000, [2, 5, 10, 5]],
    ['hitPolicy="OUTPUT ORDER"', 1000, [10, 5, 5, 2]],
    ['hitPolicy="COLLECT"', 1000, [2, 5, 10, 5]],
    ['hitPolicy="COLLECT"', 1, []],
    ['hitPolicy="COLLECT" aggregation="SUM"', 1000, 22],
    ['hitPolicy="COLLECT" aggregation="MIN"', 1000, 2],
    ['hitPolicy="COLLECT" aggregation="MAX"', 1000, 10],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 1000, 4],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 1, 0],
  ])('%s of %d is %j', async (policy, amount, value) => {
    expect((await decide(discount(policy), { amount })).value).toEqual(value);
  });

  test.each<[string, FeelValue]>([
    ['hitPolicy="UNIQUE"', 1],
    ['hitPolicy="FIRST"', 1],
    ['hitPolicy="PRIORITY"', 1],
    ['hitPolicy="COLLECT"', [1]],
    ['hitPolicy="OUTPUT ORDER"', [1]],
  ])('%s gives the default output when no rule matches', async (policy, value) => {
    expect((await decide(discount(policy, '0 + 1'), { amount: 1 })).value).toEqual(value);
  });

  test.each([
    ['hitPolicy="UNIQUE"', 'only one may match'],
    ['hitPolicy="ANY"', 'must have the same outputs'],
  ])('%s refuses rules that contradict each other', async (policy, reason) => {
    await expect(decide(discount(policy), { amount: 600 })).rejects.toMatchObject({
      code: 'DMN_HIT_POLICY',
      field: 'discount',
      message: expect.stringContaining(reason),
      details: { rules: [1, 2] },
    });
  });

  test('several outputs are a context, sorted by the first whose order decides', async () => {
    const routes = decision(
      'routes',
      table({
        policy: 'hitPolicy="OUTPUT ORDER"',
        inputs: ['weight'],
        outputs: [
          { name: 'speed', values: '"fast", "slow"' },
          { name: 'carrier', values: '"own", "foreign"' },
        ],
        rules: [
          ['< 10', '"slow"', '"own"'],
          ['< 20', '"fast"', '"foreign"'],
          ['-', '"fast"', '"own"'],
        ],
      }),
    );
    expect((await decide(routes, { weight: 5 })).value).toEqual([
      { speed: 'fast', carrier: 'own' },
      { speed: 'fast', carrier: 'foreign' },
      { speed: 'slow', carrier: 'own' },
    ]);
  });
});

describe('decisions that require others', () => {
  const graph = [
    decision('due', literal('date(order.placed) + @"P3D"')),
    decision('late', literal('due < today()'), requires('due')),
    decision('action', literal('if late then "call" else "wait"'), requires('late') + requires('due')),
  ].join('');

  test('are evaluated after these, each once, with typed values', async () => {
    const { value, explanation } = await decide(graph, { order: { placed: '2026-01-28' } });
    expect(value).toBe('call');
    expect(explanation.decisions.map(({ id, value: own }) => [id, own])).toEqual([
      ['due', '2026-01-31'],
      ['late', true],
      ['action', 'call'],
    ]);
  });

  test('each can be asked alone', async () => {
    expect((await decide(graph, { order: { placed: '2026-01-28' } }, 'due')).value).toBe('2026-01-31');
  });

  test('business knowledge is a function, also one with a table', async () => {
    const model = `
      <businessKnowledgeModel id="bkm" name="rate for">
        <variable name="rate for"/>
        <encapsulatedLogic>
          <formalParameter name="weight" typeRef="number"/>
          ${table({
            policy: '',
            inputs: ['weight'],
            outputs: [{ name: 'rate' }],
            rules: [
              ['< 10', '4.90'],
              ['>= 10', '4.90 + (weight - 10) * 0.20'],
            ],
          })}
        </encapsulatedLogic>
      </businessKnowledgeModel>
      ${decision(
        'freight',
        literal('sum(for w in weights return rate for(w))'),
        '<knowledgeRequirement><requiredKnowledge href="#bkm"/></knowledgeRequirement>',
      )}`;
    const { value, explanation } = await decide(model, { weights: [5, 20] });
    expect(value).toBe(11.8);
    expect(explanation.decisions[0]?.tables.map(({ matched }) => matched[0]?.rule)).toEqual([1, 2]);
  });

  test('boxed contexts, lists, relations and invocations are read', async () => {
    const model = decision(
      'summary',
      `<context>
        <contextEntry><variable name="rows"/><relation><column name="sku"/><column name="qty"/>
          <row>${literal('"A"')}${literal('2')}</row><row>${literal('"B"')}${literal('n')}</row></relation></contextEntry>
        <contextEntry><variable name="add"/><functionDefinition><formalParameter name="a"/><formalParameter name="b"/>
          ${literal('a + b')}</functionDefinition></contextEntry>
        <contextEntry><variable name="total"/><invocation>${literal('add')}
          <binding><parameter name="b"/>${literal('rows[2].qty')}</binding>
          <binding><parameter name="a"/>${literal('rows[1].qty')}</binding></invocation></contextEntry>
        <contextEntry><list>${literal('total')}${literal('rows.sku')}</list></contextEntry>
      </context>`,
    );
    expect((await decide(model, { n: 5 })).value).toEqual([7, ['A', 'B']]);
  });
});

test.each(['20180521', '20191111', '20211108', '20230324'])('DMN of %s is read', async (version) => {
  const [only] = await compileDecisions(document(decision('d', literal('1 + 1')), version));
  expect(only?.evaluate({}, environment).value).toBe(2);
});

describe('a document that cannot be used is refused, naming the element', () => {
  const badTable = (cell: string) =>
    decision(
      'd',
      table({
        policy: '',
        inputs: ['x'],
        outputs: [{ name: 'o' }],
        rules: [
          ['-', '1'],
          [cell, '2'],
        ],
      }),
    );

  test.each<[string, string, Record<string, unknown>]>([
    [
      'FEEL that does not parse in a rule',
      badTable('> )'),
      {
        code: 'DMN_EXPRESSION',
        field: 'rule2',
        message: expect.stringContaining('In decision "d" (d), rule 2, input "x": Unexpected ")"'),
      },
    ],
    [
      'FEEL that does not parse in a literal expression',
      decision('total', literal('1 +')),
      {
        code: 'DMN_EXPRESSION',
        field: 'total',
        message: expect.stringContaining('decision "total" (total)'),
      },
    ],
    ['a decision without logic', decision('d', ''), { code: 'DMN_EXPRESSION', field: 'd' }],
    [
      'a rule with too few entries',
      decision('d', table({ policy: '', inputs: ['x'], outputs: [{ name: 'o' }], rules: [['-']] })),
      { code: 'DMN_EXPRESSION', field: 'rule1' },
    ],
    [
      'another expression language',
      decision('d', '<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>'),
      { code: 'DMN_EXPRESSION', field: 'd' },
    ],
    [
      'a requirement that leads nowhere',
      decision('d', literal('1'), requires('x')),
      { code: 'DMN_REQUIREMENT', field: 'd' },
    ],
    [
      'decisions that require each other',
      decision('a', literal('b'), requires('b')) + decision('b', literal('a'), requires('a')),
      { code: 'DMN_REQUIREMENT', field: 'a' },
    ],
    ['an unknown element', '<surprise/>', { code: 'DMN_UNREADABLE', field: 'line 3, column 1' }],
    [
      'an id that is given twice',
      decision('d', literal('1')) + decision('d', literal('2')),
      { code: 'DMN_UNREADABLE' },
    ],
  ])('%s', async (_name, content, error) => {
    await expect(compileDecisions(document(content))).rejects.toMatchObject(error);
  });

  test.each([
    ['no XML', 'total > 5', 'DMN_UNREADABLE'],
    ['no DMN', '<order/>', 'DMN_UNREADABLE'],
    ['a document type', `<!DOCTYPE d [<!ENTITY e "x">]>${document('')}`, 'DMN_UNSAFE'],
    ['too long', document(`<!--${'x'.repeat(2_200_000)}-->`), 'DMN_TOO_LARGE'],
    ['too deep', document('<context>'.repeat(100)), 'DMN_TOO_LARGE'],
  ])('%s', async (_name, xml, code) => {
    await expect(compileDecisions(xml)).rejects.toMatchObject({ code });
  });
});

test('one budget holds for all expressions of a decision', async () => {
  const model =
    decision('a', literal('for i in 1..9000 return i')) +
    decision('b', literal('for i in a, j in a return i * j'), requires('a'));
  await expect(decide(model, {})).rejects.toMatchObject({ code: 'FEEL_BUDGET' });
});
