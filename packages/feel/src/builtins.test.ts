import { describe, expect, test } from 'vitest';
import { compileExpression, type FeelValue } from './index.ts';

const environment = { now: new Date('2026-02-01T22:30:00Z'), timeZone: 'Asia/Shanghai' };

const gives = (rows: readonly (readonly [string, FeelValue])[]) =>
  test.each(rows)('%s is %j', (text, value) => {
    expect(compileExpression(text).evaluate({}, environment).value).toEqual(value);
  });

describe('numbers', () => {
  gives([
    ['number("1 234,5", " ", ",")', 1234.5],
    ['number("12a")', null],
    ['decimal(2.5, 0)', 2],
    ['decimal(1/3, 2)', 0.33],
    ['floor(-1.5)', -2],
    ['ceiling(-1.5)', -1],
    ['floor(1.56, 1)', 1.5],
    ['round up(5.5, 0)', 6],
    ['round down(-5.5, 0)', -5],
    ['round half up(-2.5, 0)', -3],
    ['round half down(2.5, 0)', 2],
    ['round half up(1234, -2)', 1200],
    ['abs(-3)', 3],
    ['abs(@"-P1D")', 'P1D'],
    ['modulo(-12, 5)', 3],
    ['modulo(12, -5)', -3],
    ['sqrt(16)', 4],
    ['sqrt(-1)', null],
    ['log(exp(1))', 1],
    ['odd(5)', true],
    ['even(5)', false],
  ]);
});

describe('text', () => {
  gives([
    ['substring("foobar", 3)', 'obar'],
    ['substring("foobar", -2, 1)', 'a'],
    ['substring("🐎🐎a", 3)', 'a'],
    ['string length("🐎")', 1],
    ['upper case("aé")', 'AÉ'],
    ['substring before("foobar", "bar")', 'foo'],
    ['substring after("foobar", "zz")', ''],
    ['contains("foobar", "oba")', true],
    ['starts with("foobar", "fo")', true],
    ['ends with("foobar", "r")', true],
    ['matches("PO-2026", "^po-[0-9]{4}$", "i")', true],
    ['matches("a", "(")', null],
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
    ['replace("5", "5", "\\\\$")', '$'],
    ['split("John Doe", "\\\\s")', ['John', 'Doe']],
    ['split("a;b;;c;;", ";")', ['a', 'b', '', 'c', '', '']],
    ['string join(["a", null, "c"], ", ")', 'a, c'],
    ['string([1, "a", {b: @"P1D"}])', '[1, "a", {b: P1D}]'],
    ['string(1.10)', '1.1'],
    ['string(null)', null],
    ['trim("  a ")', 'a'],
  ]);
});

describe('lists', () => {
  gives([
    ['list contains([1, null], null)', true],
    ['count([1, 2])', 2],
    ['min(3, 1, 2)', 1],
    ['max(["a", "c", "b"])', 'c'],
    ['max([])', null],
    ['sum([1, 2, 3])', 6],
    ['sum(@"PT1H", @"PT30M")', 'PT1H30M'],
    ['sum([])', null],
    ['mean(1, 2)', 1.5],
    ['product(2, 3, 4)', 24],
    ['median([6, 1, 2, 3])', 2.5],
    ['stddev(2, 4, 7, 5)', 2.0816659994661326],
    ['mode([6, 1, 9, 6, 1])', [1, 6]],
    ['all([true, null])', null],
    ['any([null, true])', true],
    ['sublist([1, 2, 3], 2)', [2, 3]],
    ['sublist([1, 2, 3], -2, 1)', [2]],
    ['append([1], 2, [3])', [1, 2, [3]]],
    ['concatenate([1], [2, 3])', [1, 2, 3]],
    ['insert before([1, 3], 2, 2)', [1, 2, 3]],
    ['remove([1, 2, 3], -1)', [1, 2]],
    ['list replace([1, 2], 2, 9)', [1, 9]],
    ['list replace([1, 20], function(item, new) item > new, 10)', [1, 10]],
    ['reverse([1, 2])', [2, 1]],
    ['index of([1, 2, 1], 1)', [1, 3]],
    ['union([1, 2], [2, 3])', [1, 2, 3]],
    ['distinct values([1, 1.0, null, null])', [1, null]],
    ['flatten([[1, [2]], 3])', [1, 2, 3]],
    ['sort([3, 1, 2])', [1, 2, 3]],
    ['sort([1, "a"])', null],
    ['partition([1, 2, 3], 2)', [[1, 2], [3]]],
  ]);
});

describe('contexts', () => {
  gives([
    ['get value({a: 1}, "a")', 1],
    ['get value({a: {b: 2}}, ["a", "b"])', 2],
    ['get entries({a: 1})', [{ key: 'a', value: 1 }]],
    ['context([{key: "a", value: 1}])', { a: 1 }],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', null],
    ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
    ['context put({a: {b: 1}}, ["a", "b"], 2)', { a: { b: 2 } }],
    ['context merge([{a: 1, b: 1}, {b: 2}])', { a: 1, b: 2 }],
    ['get or else(null, 7)', 7],
    ['get or else(false, 7)', false],
  ]);
});

describe('dates and times', () => {
  gives([
    ['date("2026-02-30")', null],
    ['date(2026, 2, 28)', '2026-02-28'],
    ['date(date and time("2026-02-28T10:00:00"))', '2026-02-28'],
    ['time("10:00:00Z")', '10:00:00Z'],
    ['time(10, 30, 5.25, @"PT1H")', '10:30:05.25+01:00'],
    ['date and time(@"2026-02-28", @"10:00:00")', '2026-02-28T10:00:00'],
    ['date and time("2026-02-28T24:00:00")', '2026-03-01T00:00:00'],
    ['date and time("2026-02-28T10:00:00@Europe/Nowhere")', null],
    ['duration("P1Y14M")', 'P2Y2M'],
    ['duration("PT36H61M")', 'P1DT13H1M'],
    ['years and months duration(@"2024-02-29", @"2026-02-28")', 'P1Y11M'],
    ['now()', '2026-02-02T06:30:00@Asia/Shanghai'],
    ['today()', '2026-02-02'],
    ['day of year(@"2026-03-01")', 60],
    ['day of week(@"2026-02-01")', 'Sunday'],
    ['month of year(@"2026-02-01")', 'February'],
    ['week of year(@"2027-01-01")', 53],
    ['@"2026-01-31" + @"P1M"', '2026-02-28'],
    ['@"2026-03-01" - @"P1D"', '2026-02-28'],
    ['@"2026-03-01" - @"2026-02-01"', 'P28D'],
    ['@"23:30:00" + @"PT1H"', '00:30:00'],
    ['@"PT1H" * 1.5', 'PT1H30M'],
    ['@"P1Y" / @"P1M"', 12],
    ['@"2026-01-01T00:00:00Z" - @"2026-01-01T00:00:00+01:00"', 'PT1H'],
    // Clocks are set forward at 02:00 on this day.
    ['@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"', '2026-03-29T03:30:00@Europe/Paris'],
    ['@"2026-03-28T02:30:00@Europe/Paris" + @"P1D"', '2026-03-29T03:30:00@Europe/Paris'],
    ['@"2026-07-01T12:00:00@Europe/Paris".time offset', 'PT2H'],
    ['@"2026-02-01".weekday', 7],
    ['date("-999999999-01-01").year', -999999999],
  ]);
});
