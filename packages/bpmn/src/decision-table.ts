import {
  compileTypedExpression,
  conform,
  contextOf,
  toJson,
  type Context,
  type Cost,
  type Type,
  type TypedExpression,
  type TypedTests,
  type Value,
} from '@orderloom/feel';
import { fail, must } from '@orderloom/kernel';
import { childOf, childrenOf, textOf } from './bpmn-element.ts';
import type { DmnElement } from './decision-document.ts';
import type { EvaluatedTable, HitPolicy, Trace } from './decision-explanation.ts';
import {
  compileList,
  compileOptionalText,
  compileTests,
  compileText,
  costOf,
  refuse,
  typeOf,
  within,
  type Place,
} from './decision-expression.ts';

/** What decides: a table, an expression or a composition of these, compiled. */
export interface Logic {
  readonly cost: Cost;
  evaluate(variables: Context, trace: Trace): Value;
}

interface Input {
  readonly label: string;
  readonly expression: TypedExpression;
}

interface Output {
  /** Name of the entry in the result; the only output of a table may have none. */
  readonly name: string;
  readonly type: Type;
  /** The allowed values, most important first. */
  readonly priorities: TypedExpression | null;
  readonly otherwise: TypedExpression | null;
}

interface Rule {
  readonly number: number;
  readonly id: string | null;
  readonly notes: readonly string[];
  readonly tests: readonly (TypedTests | null)[];
  readonly outputs: readonly (TypedExpression | null)[];
}

interface Hit {
  readonly rule: Rule;
  readonly values: readonly Value[];
}

interface Table {
  readonly place: Place;
  readonly outputs: readonly Output[];
  readonly hitPolicy: HitPolicy;
  readonly aggregate: TypedExpression | null;
}

/** A decision table (DMN 1.3, clause 8). Throws DMN_EXPRESSION, naming the rule and the column. */
export function compileTable(element: DmnElement, place: Place): Logic {
  const inputs = childrenOf(element, 'input').map((input, index) => compileInput(input, index, place));
  const outputs = childrenOf(element, 'output').map((output, index) => compileOutput(output, index, place));
  if (outputs.length === 0) refuse(place, 'has no output', 'Add an output column to the table.');
  const rules = childrenOf(element, 'rule').map((rule, index) =>
    compileRule(rule, index, { inputs, outputs, place }),
  );
  const hitPolicy = element['hitPolicy'] as HitPolicy;
  const table: Table = { place, outputs, hitPolicy, aggregate: compileAggregate(element, place, outputs) };

  return {
    cost: costOf([
      ...inputs.map(({ expression }) => expression),
      ...rules.flatMap(({ tests, outputs: results }) => [...tests, ...results]),
    ]),
    evaluate(variables, trace) {
      const values = inputs.map(({ expression }) => expression.evaluate(variables, trace.run));
      const hits: Hit[] = [];
      for (const rule of rules) {
        const passes = rule.tests.every(
          (test, index) =>
            test === null || test.matches(values[index] ?? null, variables, trace.run) === true,
        );
        if (!passes) continue;
        hits.push({ rule, values: outputValues(rule, outputs, variables, trace) });
        if (hitPolicy === 'FIRST') break;
      }
      trace.tables.push(explain(table, inputs, values, hits, trace));
      return decide(table, hits, variables, trace);
    },
  };
}

function compileInput(element: DmnElement, index: number, place: Place): Input {
  const expression = childOf(element, 'inputExpression');
  const label = textOf(element, 'label') ?? textOf(expression, 'text') ?? `input ${index + 1}`;
  const at = within(place, `input ${JSON.stringify(label)}`, element);
  if (expression === undefined)
    refuse(at, 'has no expression', 'Write what the column looks at, such as order.total.');
  return { label, expression: compileText(expression, at) };
}

function compileOutput(element: DmnElement, index: number, place: Place): Output {
  const name = textOf(element, 'name') ?? textOf(element, 'label') ?? `output ${index + 1}`;
  const at = within(place, `output ${JSON.stringify(name)}`, element);
  return {
    name,
    type: typeOf(element, place),
    priorities: compileList(childOf(element, 'outputValues'), at),
    otherwise: compileOptionalText(childOf(element, 'defaultOutputEntry'), at),
  };
}

function compileRule(
  element: DmnElement,
  index: number,
  { inputs, outputs, place }: { inputs: readonly Input[]; outputs: readonly Output[]; place: Place },
): Rule {
  const number = index + 1;
  const at = within(place, `rule ${number}`, element);
  const tests = childrenOf(element, 'inputEntry');
  const results = childrenOf(element, 'outputEntry');
  if (tests.length !== inputs.length || results.length !== outputs.length) {
    refuse(
      at,
      `has ${tests.length} input and ${results.length} output entries, the table ${inputs.length} and ${outputs.length} columns`,
      'Give the rule one entry for each column.',
    );
  }
  const notes = [
    textOf(element, 'description'),
    ...childrenOf(element, 'annotationEntry').map((note) => textOf(note, 'text')),
  ];
  return {
    number,
    id: element.id ?? null,
    notes: notes.filter((note) => note !== null),
    tests: tests.map((test, column) =>
      compileTests(test, within(at, `input ${JSON.stringify(inputs[column]?.label)}`, test)),
    ),
    outputs: results.map((result, column) =>
      compileOptionalText(result, within(at, `output ${JSON.stringify(outputs[column]?.name)}`, result)),
    ),
  };
}

const AGGREGATES: Readonly<Record<string, string>> = {
  SUM: 'sum(values)',
  MIN: 'min(values)',
  MAX: 'max(values)',
  COUNT: 'count(values)',
};

function compileAggregate(
  element: DmnElement,
  place: Place,
  outputs: readonly Output[],
): TypedExpression | null {
  const aggregation = textOf(element, 'aggregation');
  if (element['hitPolicy'] !== 'COLLECT' || aggregation === null) return null;
  if (outputs.length > 1 && aggregation !== 'COUNT') {
    refuse(
      place,
      `collects by ${aggregation} over several outputs`,
      'Aggregate one output, or collect without aggregation.',
    );
  }
  return compileTypedExpression(must(AGGREGATES[aggregation], 'an aggregation of DMN'));
}

function outputValues(rule: Rule, outputs: readonly Output[], variables: Context, { run }: Trace): Value[] {
  return rule.outputs.map((expression, index) => {
    const value = expression === null ? null : expression.evaluate(variables, run);
    const type = outputs[index]?.type;
    return type === undefined ? value : (conform(run, value, type) ?? null);
  });
}

function explain(
  { hitPolicy, outputs }: Table,
  inputs: readonly Input[],
  values: readonly Value[],
  hits: readonly Hit[],
  { run }: Trace,
): EvaluatedTable {
  return {
    hitPolicy,
    inputs: inputs.map(({ label }, index) => ({ label, value: toJson(run, values[index] ?? null) })),
    matched: hits.map(({ rule, values: own }) => ({
      rule: rule.number,
      id: rule.id,
      notes: rule.notes,
      outputs: Object.fromEntries(outputs.map(({ name }, index) => [name, toJson(run, own[index] ?? null)])),
    })),
  };
}

/** What the hit policy makes of the rules that matched (DMN 1.3, 8.2.11). */
function decide(table: Table, hits: readonly Hit[], variables: Context, trace: Trace): Value {
  const results = hits.map(({ values }) => resultOf(table, values));
  const [first = defaultResult(table, variables, trace)] = results;
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (hits.length > 1) conflict(table, hits, 'only one may match in a table of hit policy UNIQUE');
      return first;
    case 'ANY':
      if (!results.every((result) => isSame(result, first, trace))) {
        conflict(table, hits, 'in a table of hit policy ANY all of them must have the same outputs');
      }
      return first;
    case 'FIRST':
      return first;
    case 'PRIORITY':
      return hits.length === 0
        ? first
        : resultOf(table, must(byPriority(table, hits, variables, trace)[0], 'a hit').values);
    case 'OUTPUT ORDER':
      return hits.length === 0
        ? all(first)
        : byPriority(table, hits, variables, trace).map(({ values }) => resultOf(table, values));
    case 'RULE ORDER':
      return hits.length === 0 ? all(first) : results;
    case 'COLLECT':
      if (table.aggregate !== null) {
        if (hits.length === 0 && first !== null) return first;
        return table.aggregate.evaluate(contextOf([['values', results]]), trace.run);
      }
      return hits.length === 0 ? all(first) : results;
    default:
      throw new Error(`unknown hit policy ${String(table.hitPolicy)}`);
  }
}

/** The default output as the list that policies with several hits give. */
const all = (otherwise: Value): Value => (otherwise === null ? [] : [otherwise]);

function resultOf({ outputs }: Pick<Table, 'outputs'>, values: readonly Value[]): Value {
  if (outputs.length === 1) return values[0] ?? null;
  return contextOf(outputs.map(({ name }, index) => [name, values[index] ?? null]));
}

function defaultResult(table: Table, variables: Context, { run }: Trace): Value {
  if (table.outputs.every(({ otherwise }) => otherwise === null)) return null;
  return resultOf(
    table,
    table.outputs.map(({ otherwise }) => otherwise?.evaluate(variables, run) ?? null),
  );
}

const SAME = compileTypedExpression('left = right');
const POSITION = compileTypedExpression('get or else(index of(priorities, value)[1], count(priorities) + 1)');

function isSame(left: Value, right: Value, { run }: Trace): boolean {
  return (
    SAME.evaluate(
      contextOf([
        ['left', left],
        ['right', right],
      ]),
      run,
    ) === true
  );
}

/** Sorted by the first output's order of allowed values, then the second's, and so on; stable. */
function byPriority({ outputs }: Table, hits: readonly Hit[], variables: Context, { run }: Trace): Hit[] {
  const ranked = hits.map((hit) => ({
    hit,
    ranks: outputs.map(({ priorities }, index) => {
      if (priorities === null) return 0;
      const allowed = priorities.evaluate(variables, run);
      const position = POSITION.evaluate(
        contextOf([
          ['priorities', allowed],
          ['value', hit.values[index] ?? null],
        ]),
        run,
      );
      return Number(toJson(run, position));
    }),
  }));
  return ranked
    .toSorted(
      (a, b) => a.ranks.map((rank, index) => rank - (b.ranks[index] ?? 0)).find((order) => order !== 0) ?? 0,
    )
    .map(({ hit }) => hit);
}

function conflict({ place }: Table, hits: readonly Hit[], rule: string): never {
  const numbers = hits.map((hit) => hit.rule.number);
  fail('DMN_HIT_POLICY', `In ${place.where} the rules ${numbers.join(', ')} match, but ${rule}.`, {
    ...(place.element === null ? {} : { field: place.element }),
    fix: 'Make the rules exclude each other, or choose another hit policy.',
    details: { rules: numbers },
  });
}
