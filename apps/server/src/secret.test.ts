import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { keptSecret } from './secret.ts';

it('is made once and readable by its owner only', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderloom-secret-'));
  const secret = await keptSecret(folder);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await keptSecret(folder)).toBe(secret);
  expect((await stat(path.join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secret']);
});
