import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

test.each([
  ['http://localhost:4000', 'localhost:4000', true],
  ['https://orders.example', 'orders.example', true],
  ['https://orders.example', 'Orders.Example', true],
  ['http://localhost:4001', 'localhost:4000', false],
  ['http://evil.example', 'orders.example', false],
  ['http://orders.example.evil.example', 'orders.example', false],
  ['http://orders.example@evil.example', 'orders.example', false],
  ['null', 'orders.example', false],
  ['file://', '', false],
  ['chrome-extension://orders.example', 'orders.example', false],
  [undefined, 'orders.example', false],
  ['http://orders.example', undefined, false],
])('%s at %s: %s', (origin, host, same) => {
  expect(isSameOrigin(origin, host)).toBe(same);
});
