import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rootSecret } from './root-secret.ts';

test('is made once, by whoever is first, and readable by its owner only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orderloom-secret-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const secret = await rootSecret(folder);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await rootSecret(folder)).toBe(secret);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secret']);
});
