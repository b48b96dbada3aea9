import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runtimeErrors } from './errors.ts';

test('the list of codes holds every code of this package and nothing else', () => {
  const folder = new URL('.', import.meta.url);
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !/^errors|test/.test(name));
  const used = sources.flatMap(
    (name) => readFileSync(new URL(name, folder), 'utf8').match(/(?<=')RUNTIME_[A-Z_]+(?=')/g) ?? [],
  );
  expect(Object.keys(runtimeErrors)).toEqual([...new Set(used)].toSorted((a, b) => (a < b ? -1 : 1)));
});
