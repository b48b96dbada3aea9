import { CombinedError } from '@urql/core';
import { expect, test } from 'vitest';
import { problemOfError } from './problem.ts';

test('an error of the server keeps its code, field and fix', () => {
  const error = new CombinedError({
    graphQLErrors: [
      {
        message: 'There is no such order.',
        extensions: { code: 'ORDER_NOT_FOUND', field: 'orderId', fix: 'Open the list of orders anew.' },
      },
    ],
  });
  expect(problemOfError(error)).toEqual({
    code: 'ORDER_NOT_FOUND',
    message: 'There is no such order.',
    field: 'orderId',
    fix: 'Open the list of orders anew.',
    reference: null,
  });
});

test('a bug of the server keeps the id under which it is in the log', () => {
  const error = new CombinedError({
    graphQLErrors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL', id: '0190' } }],
  });
  expect(problemOfError(error)).toMatchObject({ code: 'INTERNAL', reference: '0190', fix: null });
});

test('no answer at all is a problem of the connection', () => {
  const error = new CombinedError({ networkError: new TypeError('Failed to fetch') });
  expect(problemOfError(error)).toMatchObject({ code: 'UNREACHABLE', fix: expect.any(String) });
});
