export { assert, must, unreachable } from './assert.ts';
export { systemClock, type Clock } from './clock.ts';
export { fail, isOrderloomError, OrderloomError, type ErrorOptions } from './errors.ts';
export { newId, type Id } from './ids.ts';
export {
  addMoney,
  currencyExponent,
  formatMoney,
  isCurrency,
  minorUnits,
  money,
  sumMoney,
  type Money,
} from './money.ts';
export { Decimal, quantity, type Quantity } from './quantity.ts';
export { err, ok, type Result } from './result.ts';
