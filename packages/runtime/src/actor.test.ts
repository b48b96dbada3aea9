import { expect, test } from 'vitest';
import { formatActor, parseActor, systemActor, type Actor } from './actor.ts';

test.each<[Actor, string]>([
  [systemActor, 'system'],
  [{ kind: 'user', id: '0189', name: '0189' }, 'user:0189'],
  [{ kind: 'plugin', id: 'own-fleet', name: 'own-fleet' }, 'plugin:own-fleet'],
  [{ kind: 'user', id: 'a:b', name: 'a:b' }, 'user:a:b'],
])('%o is stored as %s and read back', (actor, text) => {
  expect(formatActor(actor)).toBe(text);
  expect(parseActor(text)).toEqual(actor);
});
