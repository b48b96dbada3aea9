import {
  conform,
  contextOfJson,
  evaluation,
  readAs,
  toJson,
  type Context,
  type FeelEnvironment,
  type FeelValue,
  type FeelVariables,
  type Type,
  type Value,
} from '@orderloom/feel';
import { fail } from '@orderloom/kernel';
import { childOf, childrenOf, textOf } from './bpmn-element.ts';
import { nameOf, readDecisionDocument, type DmnElement } from './decision-document.ts';
import type { DecisionExplanation, EvaluatedDecision, Trace } from './decision-explanation.ts';
import { refuse, type Place } from './decision-expression.ts';
import { compileLogic, extended } from './decision-logic.ts';
import type { Logic } from './decision-table.ts';
import { pathsOf, typesOf, type TypeResolver } from './decision-type.ts';

export interface Decision {
  readonly id: string;
  readonly name: string | null;
  /**
   * Decides, after the decisions it requires. Data never throws: what an expression cannot do gives null and a
   * warning in the explanation. Throws DMN_HIT_POLICY when more rules match than the table's policy
   * allows, and FEEL_BUDGET when all expressions together take too many steps.
   */
  evaluate(variables: FeelVariables, environment: FeelEnvironment): DecisionResult;
}

export interface DecisionResult {
  /** Of a table with one output its value, with several a context of them. */
  readonly value: FeelValue;
  /** Every decision evaluated, inputs with values, and which rules matched, for the explanation shown to people. */
  readonly explanation: DecisionExplanation;
}

/** A decision or a piece of business knowledge: a node of the requirement graph. */
interface Node {
  readonly element: DmnElement;
  /** The name other expressions know it by. */
  readonly variable: string;
  readonly type: Type;
  readonly inputs: readonly { readonly name: string; readonly type: Type }[];
  readonly requires: readonly Node[];
  readonly logic: Logic;
}

/**
 * Compiles every decision of a DMN file once.
 *
 * Throws DMN_UNSAFE, DMN_TOO_LARGE, DMN_UNREADABLE, DMN_REQUIREMENT (a requirement that leads nowhere or in a circle) and
 * DMN_EXPRESSION (FEEL that does not parse, or what is not supported), naming the element.
 */
export async function compileDecisions(xml: string): Promise<readonly Decision[]> {
  const definitions = await readDecisionDocument(xml);
  const graph = new Graph(definitions);
  return childrenOf(definitions, 'drgElement')
    .filter(({ $type }) => $type === 'dmn:Decision')
    .map((element) => decisionOf(graph.node(element)));
}

/** Compiles nodes with what they require, each once. */
class Graph {
  readonly #elements: ReadonlyMap<string, DmnElement>;
  readonly #types: TypeResolver;
  readonly #nodes = new Map<DmnElement, Node | 'being compiled'>();

  constructor(definitions: DmnElement) {
    this.#elements = new Map(
      childrenOf(definitions, 'drgElement').map((element) => [element.id ?? '', element]),
    );
    this.#types = typesOf(definitions);
  }

  node(element: DmnElement): Node {
    const known = this.#nodes.get(element);
    if (known === 'being compiled')
      requirement(element, 'requires itself in the end', 'Break the circle of requirements.');
    if (known !== undefined) return known;
    this.#nodes.set(element, 'being compiled');
    const node = this.#compile(element);
    this.#nodes.set(element, node);
    return node;
  }

  #compile(element: DmnElement): Node {
    const inputs = this.#required(element, 'informationRequirement', 'requiredInput').map((input) => ({
      name: variableOf(input),
      type: this.#typeOf(input),
    }));
    const requires = [
      ...this.#required(element, 'informationRequirement', 'requiredDecision'),
      ...this.#required(element, 'knowledgeRequirement', 'requiredKnowledge'),
    ].map((required) => this.node(required));
    const place: Place = {
      where: nameOf(element),
      element: element.id ?? null,
      types: this.#types,
      names: [...inputs, ...requires.map(({ variable, type }) => ({ name: variable, type }))].flatMap(
        ({ name, type }) => pathsOf(name, type),
      ),
    };
    const logic = childOf(element, element.$type === 'dmn:Decision' ? 'decisionLogic' : 'encapsulatedLogic');
    if (logic === undefined)
      refuse(place, 'has no logic', 'Give it a decision table or a literal expression.');
    return {
      element,
      variable: variableOf(element),
      type: this.#typeOf(element),
      inputs,
      requires,
      logic: compileLogic(logic, place),
    };
  }

  /** What the references of one kind lead to. */
  #required(element: DmnElement, kind: string, property: string): DmnElement[] {
    return childrenOf(element, kind).flatMap((reference) => {
      const href = textOf(childOf(reference, property), 'href');
      if (href === null) return [];
      const required = this.#elements.get(href.slice(href.indexOf('#') + 1));
      return (
        required ??
        requirement(
          element,
          `requires ${href}, which does not exist`,
          'Correct the requirement, or remove it.',
        )
      );
    });
  }

  #typeOf(element: DmnElement): Type {
    return this.#types(textOf(childOf(element, 'variable'), 'typeRef'));
  }
}

function variableOf(element: DmnElement): string {
  return textOf(childOf(element, 'variable'), 'name') ?? textOf(element, 'name') ?? element.id ?? '';
}

function requirement(element: DmnElement, what: string, fix: string): never {
  const name = nameOf(element);
  fail('DMN_REQUIREMENT', `${name[0]?.toUpperCase()}${name.slice(1)} ${what}.`, {
    ...(element.id === undefined ? {} : { field: element.id }),
    fix,
  });
}

function decisionOf(node: Node): Decision {
  return {
    id: node.element.id ?? '',
    name: textOf(node.element, 'name'),
    evaluate(variables, environment) {
      const { value } = evaluation(environment, (run) => {
        const explained: EvaluatedDecision[] = [];
        const result = evaluateNode(node, contextOfJson(variables), {
          trace: { run, tables: [] },
          explained,
          known: new Map(),
        });
        return { value: toJson(run, result), explanation: { decisions: explained } };
      });
      return value;
    },
  };
}

interface Evaluation {
  readonly trace: Trace;
  readonly explained: EvaluatedDecision[];
  /** Values of the nodes evaluated so far. */
  readonly known: Map<Node, Value>;
}

function evaluateNode(node: Node, given: Context, evaluation: Evaluation): Value {
  const known = evaluation.known.get(node);
  if (known !== undefined) return known;
  const { run, tables } = evaluation.trace;
  const entries = new Map<string, Value>();
  for (const { name, type } of node.inputs) {
    const value = given.get(name);
    if (value !== undefined) entries.set(name, conform(run, readAs(value, type), type) ?? null);
  }
  for (const required of node.requires)
    entries.set(required.variable, evaluateNode(required, given, evaluation));

  const before = { tables: tables.length, warnings: run.warnings.length };
  const result = node.logic.evaluate(extended(given, entries), evaluation.trace);
  const isDecision = node.element.$type === 'dmn:Decision';
  const value = isDecision ? (conform(run, result, node.type) ?? null) : result;
  evaluation.known.set(node, value);
  if (isDecision) {
    evaluation.explained.push({
      id: node.element.id ?? '',
      name: textOf(node.element, 'name'),
      value: toJson(run, value),
      tables: tables.slice(before.tables),
      warnings: run.warnings.slice(before.warnings),
    });
  }
  return value;
}
