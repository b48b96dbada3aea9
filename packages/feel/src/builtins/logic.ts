import { identical } from '../compare.ts';
import { any, define, type Signature } from './define.ts';

export const LOGIC_BUILTINS: readonly Signature[] = [
  define('not', [any('negand')], (negand) => (typeof negand === 'boolean' ? !negand : null)),
  define('is', [any('value1'), any('value2')], (left, right, { run }) => identical(run, left, right)),
  define('is defined', [any('value')], (value) => value !== null),
  define('get or else', [any('value'), any('default')], (value, fallback) => value ?? fallback),
];
