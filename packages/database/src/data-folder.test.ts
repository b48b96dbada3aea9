import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder, openDataFolder } from './data-folder.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderloom-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** Another process that asks for the folder, says `locked` or the code of its error, and stays. */
async function askFromAnotherProcess(): Promise<{ child: ChildProcess; answer: string | undefined }> {
  const script = `
    import { lockDataFolder } from ${JSON.stringify(new URL('data-folder.ts', import.meta.url))};
    await lockDataFolder(${JSON.stringify(folder)}, { port: 4321 }).then(() => console.log('locked'), (e) => console.log(e.code));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, answer: line };
  return { child, answer: undefined };
}

test('a second server is told who has the folder, and gets it when the first lets go', async () => {
  const lock = await lockDataFolder(folder, { port: 4000 });
  await expect(lockDataFolder(folder)).rejects.toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
    message: expect.stringContaining(`process ${process.pid}, port 4000`),
    details: { pid: process.pid, port: 4000 },
  });
  await lock.release();
  await lock.release();
  await (await lockDataFolder(folder)).release();
});

test('of many that ask at the same instant exactly one gets the folder', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, askFromAnotherProcess));
  const winners = answers.filter(({ answer }) => answer === 'locked');
  const losers = answers.filter(({ answer }) => answer === 'DATA_FOLDER_IN_USE');
  expect([winners.length, losers.length]).toEqual([1, 4]);
});

test('a killed holder leaves no lock behind', async () => {
  const { child, answer } = await askFromAnotherProcess();
  expect(answer).toBe('locked');
  await expect(lockDataFolder(folder)).rejects.toMatchObject({ details: { pid: child.pid, port: 4321 } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  await (await lockDataFolder(folder)).release();
});

test('a folder is made where it is missing, and nothing is left in it', async () => {
  const opened = await openDataFolder(join(folder, 'new', 'data'));
  expect(await readdir(opened)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'a place where nothing can be made is said, not waited for',
  async () => {
    await expect(openDataFolder('/proc/orderloom/data')).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_WRITABLE',
    });
  },
);

test.each(['lockDataFolder', 'openDataFolder'] as const)(
  '%s names a folder that cannot be written',
  async (which) => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const place = join(file, 'data');
    await expect({ lockDataFolder, openDataFolder }[which](place)).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_WRITABLE',
      field: 'ORDERLOOM_DATA',
      message: expect.stringContaining(place),
    });
  },
);
