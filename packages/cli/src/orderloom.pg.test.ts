import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openTestDatabase } from '@orderloom/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const sample = (name: string) =>
  fileURLToPath(new URL(`../../templates/documents/${name}.edi`, import.meta.url));

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Runs the command as a shell would. */
function orderloom(...args: readonly string[]): Promise<{ code: number; output: string; complaint: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { env: { ...process.env, DATABASE_URL: database.url, ORDERLOOM_SECRET: database.secret } },
      (_error, output, complaint) => resolve({ code: child.exitCode ?? -1, output, complaint }),
    );
  });
}

describe('orderloom intake', () => {
  test('says what became of a document, and where its order stands', async () => {
    const { code, output } = await orderloom('intake', sample('850-large'));
    expect(code).toBe(0);
    expect(output).toMatch(/850-large\.edi: accepted/);
    expect(output).toMatch(/order SO-\d{4}-000001, purchase order NW-10002, 13040\.00 USD: in review/);
    expect(output).toMatch(/waits for: Review order \(finance\)/);
  });

  test('--json is one object a line', async () => {
    const { code, output } = await orderloom(
      'intake',
      '--json',
      sample('850-small'),
      sample('850-unknown-item'),
    );
    expect(code).toBe(1);
    const [first, second] = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toMatchObject({
      disposition: 'accepted',
      orders: [{ poNumber: 'NW-10001', state: 'reserved', total: { amount: '160900', currency: 'USD' } }],
      problems: [],
    });
    expect(second).toMatchObject({
      disposition: 'rejected',
      orders: [],
      problems: [
        { code: 'INTAKE_ITEM_UNKNOWN', located: expect.stringContaining('PO1'), fix: expect.any(String) },
      ],
    });
  });

  test('a duplicate has an exit code of its own', async () => {
    await orderloom('intake', sample('850-shanghai'));
    const { code, output } = await orderloom('intake', sample('850-shanghai'));
    expect(code).toBe(3);
    expect(output).toMatch(/duplicate INTAKE_DUPLICATE|INTAKE_DUPLICATE at BEG03/);
  });

  test('a file that is not there stops everything before anything is taken in', async () => {
    const { code, output, complaint } = await orderloom('intake', sample('850-scarce-stock'), 'nowhere.edi');
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaint).toMatch(/^CLI_FILE: nowhere\.edi does not exist\./);
  });

  test('an unknown tenant is answered with the known ones', async () => {
    const { code, complaint } = await orderloom('intake', '--tenant', 'acme', sample('850-small'));
    expect(code).toBe(2);
    expect(complaint).toMatch(/TENANT_UNKNOWN: There is no tenant "acme"\.[\s\S]*Use one of: demo/);
  });
});

test('orderloom publish refuses what cannot run, with its findings', async () => {
  const { code, complaint } = await orderloom('publish', main);
  expect(code).toBe(1);
  expect(complaint).toMatch(/MODEL_KIND: main\.ts is neither/);
});

test('a command that does not exist says so', async () => {
  const { code, complaint } = await orderloom('brew');
  expect(code).toBe(1);
  expect(complaint).toMatch(/unknown command 'brew'/);
});
