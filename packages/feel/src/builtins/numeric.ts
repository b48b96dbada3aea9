import { Decimal } from '@orderloom/kernel';
import { warn } from '../run.ts';
import type { FeelDuration } from '../temporal-value.ts';
import { finiteNumber } from '../value.ts';
import { define, duration, number, optional, text, type Signature } from './define.ts';

type Rounding = NonNullable<Parameters<Decimal['toDecimalPlaces']>[1]>;

/** Scales outside of this range name digits that a decimal128 does not have. */
const inScale = (scale: Decimal): boolean => scale.gte(-6111) && scale.lte(6176);

/** Rounds to that many digits after the decimal point; a negative scale rounds tens, hundreds... */
function rounded(value: Decimal, scale: Decimal, rounding: Rounding): Decimal | null {
  if (!inScale(scale)) return null;
  const digits = scale.trunc().toNumber();
  if (digits >= 0) return finiteNumber(value.toDecimalPlaces(digits, rounding));
  const unit = new Decimal(10).pow(-digits);
  return finiteNumber(value.div(unit).toDecimalPlaces(0, rounding).times(unit));
}

const rounding = (name: string, mode: Rounding): Signature =>
  define(name, [number('n'), number('scale')], (n, scale) => rounded(n, scale, mode));

/** FEEL's modulo has the sign of the divisor: n - divisor * floor(n / divisor). */
function modulo(dividend: Decimal, divisor: Decimal): Decimal | null {
  if (divisor.isZero()) return null;
  const rest = dividend.mod(divisor);
  return finiteNumber(!rest.isZero() && rest.isNeg() !== divisor.isNeg() ? rest.plus(divisor) : rest);
}

function absolute(value: FeelDuration): FeelDuration {
  return value.kind === 'years and months duration'
    ? { ...value, months: Math.abs(value.months) }
    : { ...value, nanos: value.nanos < 0n ? -value.nanos : value.nanos };
}

const SEPARATORS = ['.', ',', ' '];

function parseNumber(source: string, grouping?: string, decimal?: string): Decimal | null {
  if (grouping !== undefined && !SEPARATORS.includes(grouping)) return null;
  if (decimal !== undefined && (decimal === ' ' || !SEPARATORS.includes(decimal) || decimal === grouping)) {
    return null;
  }
  const plain = grouping === undefined ? source : source.replaceAll(grouping, '');
  const dotted = decimal === undefined ? plain : plain.replace(decimal, '.');
  if (!/^-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,4})?$/.test(dotted) || dotted.length > 1000) return null;
  return finiteNumber(new Decimal(dotted).toSignificantDigits(34));
}

export const NUMERIC_BUILTINS: readonly Signature[] = [
  define(
    'number',
    [text('from')],
    (from, { run, span }) =>
      parseNumber(from) ?? warn(run, span, `${JSON.stringify(from.slice(0, 40))} is not a number.`),
  ),
  define(
    'number',
    [text('from'), optional(text('grouping separator')), optional(text('decimal separator'))],
    (from, grouping, decimal, { run, span }) =>
      parseNumber(from, grouping, decimal) ??
      warn(run, span, `${JSON.stringify(from.slice(0, 40))} is not a number written that way.`),
  ),
  define('decimal', [number('n'), number('scale')], (n, scale) => rounded(n, scale, Decimal.ROUND_HALF_EVEN)),
  define('floor', [number('n')], (n) => n.floor()),
  rounding('floor', Decimal.ROUND_FLOOR),
  define('ceiling', [number('n')], (n) => n.ceil()),
  rounding('ceiling', Decimal.ROUND_CEIL),
  rounding('round up', Decimal.ROUND_UP),
  rounding('round down', Decimal.ROUND_DOWN),
  rounding('round half up', Decimal.ROUND_HALF_UP),
  rounding('round half down', Decimal.ROUND_HALF_DOWN),
  define('abs', [number('n')], (n) => n.abs()),
  define('abs', [duration('n')], absolute),
  define('modulo', [number('dividend'), number('divisor')], modulo),
  define('sqrt', [number('number')], (value) => (value.isNeg() && !value.isZero() ? null : value.sqrt())),
  define('log', [number('number')], (value) => (value.gt(0) ? value.ln() : null)),
  define('exp', [number('number')], (value) => (value.lt(15_000) ? finiteNumber(value.exp()) : null)),
  define('odd', [number('number')], (value) => value.isInt() && !value.mod(2).isZero()),
  define('even', [number('number')], (value) => value.isInt() && value.mod(2).isZero()),
];
