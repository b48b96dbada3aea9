import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readConfiguration } from './configuration.ts';

const read = (environment: Record<string, string>) => {
  const result = readConfiguration(environment);
  return result.ok ? result.value : result.error;
};

it('has a value for everything', () => {
  expect(read({})).toEqual({
    databaseUrl: null,
    port: 4000,
    host: '127.0.0.1',
    dataFolder: path.resolve(import.meta.dirname, '../../../.orderloom'),
    roles: { api: true, worker: true },
    secret: null,
    seed: 'demo',
    logLevel: 'info',
  });
});

const secret = 'a secret of thirty-two characters';

describe('takes', () => {
  test.each([
    [{ DATABASE_URL: 'postgresql://a:b@db:5432/shop' }, { databaseUrl: 'postgresql://a:b@db:5432/shop' }],
    [{ DATABASE_URL: 'postgres://a@db/shop' }, { databaseUrl: 'postgres://a@db/shop' }],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: ' 8080 ' }, { port: 8080 }],
    [{ PORT: '' }, { port: 4000 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ ORDERLOOM_DATA: 'data' }, { dataFolder: path.resolve('data') }],
    [{ ORDERLOOM_ROLES: 'worker' }, { roles: { api: false, worker: true } }],
    [{ ORDERLOOM_ROLES: 'worker, api' }, { roles: { api: true, worker: true } }],
    [{ ORDERLOOM_SECRET: secret }, { secret }],
    [{ ORDERLOOM_SEED: 'none' }, { seed: 'none' }],
    [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  ])('%j', (environment, expected) => {
    expect(read(environment)).toMatchObject(expected);
  });
});

describe('refuses, with the name, what was given and what is allowed,', () => {
  test.each([
    ['PORT', '70000', 'a whole number from 0 to 65535'],
    ['PORT', '80.5', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['HOST', 'http://here', 'a host name or IP address to listen on, such as 127.0.0.1 or 0.0.0.0'],
    ['ORDERLOOM_ROLES', 'api,boss', 'api, worker or api,worker'],
    ['ORDERLOOM_ROLES', 'api,api', 'api, worker or api,worker'],
    ['ORDERLOOM_SEED', 'yes', 'demo or none'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
  ])('%s=%s', (name, given, allowed) => {
    expect(read({ [name]: given })).toEqual([{ name, given, allowed }]);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:hunter2@host/shop'],
    ['DATABASE_URL', 'hunter2'],
    ['ORDERLOOM_SECRET', 'hunter2'],
  ])('%s, without repeating the secret', (name, given) => {
    const problems = read({ [name]: given });
    expect(problems).toEqual([{ name, allowed: expect.any(String) }]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('all at once', () => {
    expect(read({ PORT: 'x', ORDERLOOM_SEED: 'y', HOST: '0.0.0.0' })).toMatchObject([
      { name: 'PORT' },
      { name: 'ORDERLOOM_SEED' },
    ]);
  });
});
