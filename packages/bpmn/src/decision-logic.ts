import { conform, contextOf, functionOf, isFunction, type Context, type Value } from '@orderloom/feel';
import { childOf, childrenOf, textOf } from './bpmn-element.ts';
import { nameOf, type DmnElement } from './decision-document.ts';
import { compileText, costOf, refuse, typeOf, within, withNames, type Place } from './decision-expression.ts';
import { compileTable, type Logic } from './decision-table.ts';
import { pathsOf } from './decision-type.ts';

/**
 * Compiles what decides: a literal expression, a decision table, or the boxed expressions composed of these (DMN
 * 1.3, clauses 7.3 and 10.2). Throws DMN_EXPRESSION, naming the element.
 */
export function compileLogic(element: DmnElement, place: Place): Logic {
  switch (element.$type) {
    case 'dmn:LiteralExpression': {
      const expression = compileText(element, place);
      return { cost: expression.cost, evaluate: (variables, { run }) => expression.evaluate(variables, run) };
    }
    case 'dmn:DecisionTable':
      return compileTable(element, place);
    case 'dmn:Context':
      return compileContext(element, place);
    case 'dmn:List':
      return compileList(element, place);
    case 'dmn:Relation':
      return compileRelation(element, place);
    case 'dmn:Invocation':
      return compileInvocation(element, place);
    case 'dmn:FunctionDefinition':
      return compileFunction(element, place);
    default:
      return refuse(
        place,
        `holds a ${nameOf(element)}, which is not supported`,
        'Use a decision table or a literal expression.',
      );
  }
}

function part(element: DmnElement, property: string, place: Place): Logic {
  const inner = childOf(element, property);
  if (inner === undefined) refuse(place, 'has no expression', 'Write one, or remove the element.');
  return compileLogic(inner, place);
}

/** The variables, with those entries before them. */
export function extended(variables: Context, entries: ReadonlyMap<string, Value>): Context {
  return {
    kind: 'context',
    get: (name) => (entries.has(name) ? entries.get(name) : variables.get(name)),
    names: () => [...new Set([...variables.names(), ...entries.keys()])],
  };
}

/** Each entry sees those before it; an entry without a name is the result. */
function compileContext(element: DmnElement, place: Place): Logic {
  let at = place;
  const entries = childrenOf(element, 'contextEntry').map((entry, index) => {
    const variable = childOf(entry, 'variable');
    const name = textOf(variable, 'name');
    const type = typeOf(variable, place);
    const logic = part(entry, 'value', within(at, `entry ${name ?? index + 1}`, entry));
    if (name !== null) at = withNames(at, pathsOf(name, type));
    return { name, type, logic };
  });
  return {
    cost: costOf(entries.map(({ logic }) => logic)),
    evaluate(variables, trace) {
      const values = new Map<string, Value>();
      for (const { name, type, logic } of entries) {
        const value = conform(trace.run, logic.evaluate(extended(variables, values), trace), type) ?? null;
        if (name === null) return value;
        values.set(name, value);
      }
      return contextOf(values);
    },
  };
}

function compileList(element: DmnElement, place: Place): Logic {
  const items = childrenOf(element, 'elements').map((item, index) =>
    compileLogic(item, within(place, `item ${index + 1}`, item)),
  );
  return {
    cost: costOf(items),
    evaluate: (variables, trace) => items.map((item) => item.evaluate(variables, trace)),
  };
}

/** A table of expressions: a list of contexts, one a row. */
function compileRelation(element: DmnElement, place: Place): Logic {
  const columns = childrenOf(element, 'column').map(
    (column, index) => textOf(column, 'name') ?? `${index + 1}`,
  );
  const rows = childrenOf(element, 'row').map((row, index) => {
    const at = within(place, `row ${index + 1}`, row);
    const cells = childrenOf(row, 'elements');
    return columns.map((name, column) => {
      const cell = cells[column];
      if (cell === undefined) refuse(at, `has no column ${name}`, 'Give the row one cell for each column.');
      return [name, compileLogic(cell, at)] as const;
    });
  });
  return {
    cost: costOf(rows.flat().map(([, cell]) => cell)),
    evaluate: (variables, trace) =>
      rows.map((row) => contextOf(row.map(([name, cell]) => [name, cell.evaluate(variables, trace)]))),
  };
}

function compileInvocation(element: DmnElement, place: Place): Logic {
  const callee = part(element, 'calledFunction', place);
  const bindings = childrenOf(element, 'binding').map((binding, index) => {
    const name = textOf(childOf(binding, 'parameter'), 'name') ?? `${index + 1}`;
    return [name, part(binding, 'bindingFormula', within(place, `argument ${name}`))] as const;
  });
  return {
    cost: costOf([callee, ...bindings.map(([, logic]) => logic)]),
    evaluate(variables, trace) {
      const target = callee.evaluate(variables, trace);
      const args = new Map(bindings.map(([name, logic]) => [name, logic.evaluate(variables, trace)]));
      return isFunction(target) ? target.callNamed(trace.run, args, { from: 0, to: 0 }) : null;
    },
  };
}

/** A function of typed parameters; it sees the variables of the place where it stands. */
function compileFunction(element: DmnElement, place: Place): Logic {
  const kind = textOf(element, 'kind');
  if (kind !== null && kind !== 'FEEL') {
    refuse(
      place,
      `is a function in ${kind}`,
      'Write the function in FEEL: decisions have no access to the host.',
    );
  }
  const parameters = childrenOf(element, 'formalParameter').map((parameter) => ({
    name: textOf(parameter, 'name') ?? '',
    type: typeOf(parameter, place),
  }));
  const names = parameters.flatMap(({ name, type }) => pathsOf(name, type));
  const body = part(element, 'body', withNames(place, names));
  return {
    cost: costOf([]),
    evaluate: (variables, trace) =>
      functionOf(parameters, body.cost, (_run, args) => {
        const values = new Map(parameters.map(({ name }, index) => [name, args[index] ?? null]));
        return body.evaluate(extended(variables, values), trace);
      }),
  };
}
