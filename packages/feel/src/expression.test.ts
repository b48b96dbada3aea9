import { describe, expect, test } from 'vitest';
import { compileExpression, type FeelValue } from './index.ts';

const environment = { now: new Date('2026-02-01T10:00:00Z'), timeZone: 'Europe/Paris' };

const variables = {
  order: {
    total: 1299.5,
    'net price': 1000,
    lines: [
      { sku: 'A-1', price: 10, quantity: 3 },
      { sku: 'B-2', price: 25, quantity: 1 },
      { sku: 'C-3', price: 4, quantity: 0 },
    ],
  },
  customer: { name: 'Ada', known: true, tags: ['gold', 'early'] },
  'first-name': 'Ada',
  sum: 42,
  nothing: null,
};
const names = ['order.total', 'order.net price', 'order.lines', 'customer', 'first-name', 'sum', 'nothing'];

const evaluate = (text: string) => compileExpression(text, names).evaluate(variables, environment);

/** Each row: the expression and the value it has. */
const gives = (rows: readonly (readonly [string, FeelValue])[]) =>
  test.each(rows)('%s is %j', (text, value) => {
    expect(evaluate(text).value).toEqual(value);
  });

describe('literals', () => {
  gives([
    ['null', null],
    ['true', true],
    ['12.50', 12.5],
    ['-.5', -0.5],
    ['1.2e3', 1200],
    ['"a \\"quoted\\" \\u00e9\\n\\U01F40E"', 'a "quoted" é\n🐎'],
    ['[1, "b", null]', [1, 'b', null]],
    ['{a: 1, "b c": 2, d-e: a + 1}', { a: 1, 'b c': 2, 'd-e': 2 }],
    ['@"2026-02-01"', '2026-02-01'],
    ['1 + /* not two */ 1 // nor three', 2],
  ]);
});

describe('numbers are exact decimals of 34 digits', () => {
  gives([
    ['0.1 + 0.2', 0.3],
    ['0.1 + 0.2 = 0.3', true],
    ['1 / 3 * 3 = 1', false],
    ['2 ** 10 - 2 ^ 3 * 2', 1008],
    ['10 - 2 - 3', 5],
    ['-2 ** 2', 4],
    ['- order.total', -1299.5],
    ['9007199254740993 - 9007199254740992', 1],
    ['1 / 0', null],
    ['10 ** 7000', null],
    ['"a" + "b"', 'ab'],
  ]);
});

describe('comparison', () => {
  gives([
    ['1 = 1.0', true],
    ['1 != 2', true],
    ['"a" < "b"', true],
    ['null = null', true],
    ['1 = null', false],
    ['1 = "1"', null],
    ['1 < null', null],
    ['[1, [2]] = [1, [2]]', true],
    ['{a: 1, b: 2} = {b: 2, a: 1}', true],
    ['5 between 1 and 5', true],
    ['@"2026-02-01" < @"2026-02-02"', true],
    ['@"2026-02-01T10:00:00Z" = @"2026-02-01T11:00:00+01:00"', true],
    ['is(@"2026-02-01T10:00:00Z", @"2026-02-01T11:00:00+01:00")', false],
    ['@"P1D" = @"PT24H"', true],
  ]);
});

describe('ranges and `in`', () => {
  gives([
    ['5 in [1..5]', true],
    ['5 in [1..5)', false],
    ['1 in ]1..5]', false],
    ['5 in > 3', true],
    ['5 in (1, [4..6], > 100)', true],
    ['"b" in ["a", "b"]', true],
    ['5 in [[1..3], [4..6]]', true],
    ['@"2026-02-01" in [@"2026-01-01"..@"2026-12-31"]', true],
    ['[1..5].end included', true],
    ['before(1, [2..3])', true],
    ['overlaps([1..5], [5..9])', true],
    ['overlaps([1..5), [5..9])', false],
    ['meets([1..5], [5..9])', true],
    ['includes([1..9], [2..9])', true],
    ['during(3, (3..9])', false],
    ['starts(3, [3..9])', true],
    ['finished by([3..9], 9)', true],
    ['coincides([1..2], [1..2])', true],
    ['overlaps before([1..4], [3..9])', true],
    ['overlaps after([3..9], [1..4])', true],
    ['[1..3]', '[1..3]'],
  ]);
});

describe('three-valued logic', () => {
  gives([
    ['true and null', null],
    ['false and null', false],
    ['null or true', true],
    ['null or false', null],
    ['"x" and true', null],
    ['not(nothing)', null],
    ['some x in [1, 2] satisfies x > 1', true],
    ['every x in [1, 2] satisfies x > 1', false],
    ['some x in [null, 2] satisfies x > 5', null],
    ['every x in [] satisfies false', true],
  ]);
});

describe('conditions and loops', () => {
  gives([
    ['if order.total > 1000 then "review" else "pass"', 'review'],
    ['if null then 1 else if true then 2 else 3', 2],
    ['for i in 1..3 return i * i', [1, 4, 9]],
    ['for i in 3..1 return i', [3, 2, 1]],
    ['for i in [1, 2], j in [i, 10] return i * j', [1, 10, 4, 20]],
    ['for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]],
    ['for i in 1..6 return if i <= 2 then 1 else partial[-1] + partial[-2]', [1, 1, 2, 3, 5, 8]],
    ['for i in 7 return i', [7]],
  ]);
});

describe('paths and filters', () => {
  gives([
    ['order.total', 1299.5],
    ['order.net price + 1', 1001],
    ['first-name', 'Ada'],
    ['order.lines.sku', ['A-1', 'B-2', 'C-3']],
    ['order.lines[1].sku', 'A-1'],
    ['order.lines[-1].sku', 'C-3'],
    ['order.lines[9]', null],
    ['order.lines[price > 5 and quantity > 0].sku', ['A-1', 'B-2']],
    ['order.lines[item.price * item.quantity > 25].sku', ['A-1']],
    ['order.lines[price > order.total]', []],
    ['[1, 2, 3, 4][item > 2]', [3, 4]],
    ['customer[known].name', ['Ada']],
    ['{a: {b: [1, {c: 2}]}}.a.b[2].c', 2],
    ['@"2026-02-01T10:30:00Z".minute', 30],
    ['@"P1Y2M".months', 2],
    ['customer.age', null],
  ]);
});

describe('functions', () => {
  gives([
    ['(function(a, b) a + b)(1, 2)', 3],
    ['{twice: function(f, x) f(f(x)), r: twice(function(n) n * 3, 2)}.r', 18],
    ['{fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(5)}.r', 120],
    ['{f: function(a: number) a, r: f("x")}.r', null],
    ['{f: function(a: number) a, r: f([7])}.r', 7],
    ['{minus: function(a, b) a - b, r: minus(b: 1, a: 10)}.r', 9],
    ['substring(start position: 2, string: "abc")', 'bc'],
    ['sum(order.lines.price)', 39],
    ['sum', 42],
    ['sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]],
    ['unknown thing(1)', null],
  ]);
});

describe('instance of', () => {
  gives([
    ['1 instance of number', true],
    ['"a" instance of number', false],
    ['null instance of number', false],
    ['[1, 2] instance of list<number>', true],
    ['[1, "a"] instance of list<number>', false],
    ['{a: 1} instance of context<a: number>', true],
    ['@"P1D" instance of days and time duration', true],
    ['@"P1Y" instance of years and months duration', true],
    ['(function(a) a) instance of function<number> -> number', true],
  ]);
});

describe('data never throws: what cannot be done is null with a warning that says where', () => {
  test.each([
    ['1 + "a"', '+ is not defined for a number and a string.', 0, 7],
    ['order.total > customer.name', 'a number cannot be compared with a string.', 0, 27],
    ['missing', 'There is no variable "missing".', 0, 7],
    ['customer.age', 'There is no "age" in a context.', 0, 12],
    ['2 * number("two")', '"two" is not a number.', 4, 17],
    ['upper case(5)', 'upper case(string: string) cannot take a number.', 0, 13],
  ])('%s warns: %s', (text, message, from, to) => {
    const { value, warnings } = evaluate(text);
    expect(value).toBeNull();
    expect(warnings[0]).toEqual({ message, from, to });
  });
});

describe('syntax errors name the place and the text', () => {
  test.each([
    ['order.total >', 'The expression ends too early (line 1, column 14) in "order.total >".'],
    ['1 + + )', 'Unexpected ")" (line 1, column 7) in "1 + + )".'],
    ['', 'The expression ends too early (line 1, column 1) in "".'],
    ['if a then b', 'The expression ends too early (line 1, column 12) in "if a then b".'],
    ['a and\n  (b or }', 'Unexpected "}" (line 2, column 9) in "a and\\n  (b or }".'],
  ])('%j', (text, message) => {
    expect(() => compileExpression(text)).toThrowError(
      expect.objectContaining({ code: 'FEEL_SYNTAX', message }),
    );
  });

  test('functions of the host cannot be named', () => {
    expect(() => compileExpression('function(x) external {java: {class: "java.lang.Math"}}')).toThrowError(
      expect.objectContaining({ code: 'FEEL_SYNTAX' }),
    );
  });
});

describe('dependencies are the variables an expression reads, as far as it reads into them', () => {
  test.each([
    ['order.total > 1000 and customer.known', ['order.total', 'customer.known']],
    ['sum(order.lines.price) > limit', ['order.lines.price', 'limit']],
    ['order.lines[price > 5].sku', ['order.lines']],
    ['order.lines[price > order.total]', ['order.lines', 'order.total']],
    ['for line in order.lines return line.price', ['order.lines']],
    ['{a: b, c: a}.c', ['b']],
    ['(function(x) x + y)(1)', ['y']],
    ['if sum > 1 then now() else today()', ['sum']],
    ['order = null or order.total = 1', ['order', 'order.total']],
  ])('%s reads %j', (text, dependencies) => {
    expect(compileExpression(text, names).dependencies).toEqual(dependencies);
  });
});
