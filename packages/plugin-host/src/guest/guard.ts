import { registerHooks } from 'node:module';

/** Built-in modules that compute and nothing else. A name that is not here cannot be imported. */
const HARMLESS = new Set(
  [
    'assert',
    'buffer',
    'crypto',
    'events',
    'path',
    'querystring',
    'stream',
    'string_decoder',
    'url',
    'util',
  ].map((name) => `node:${name}`),
);

/** Globals that reach outside. The permission model refuses most of what they do; not having them is plainer. */
const REMOVED = [
  'fetch',
  'WebSocket',
  'EventSource',
  'navigator',
  'localStorage',
  'sessionStorage',
  'Storage',
];

/**
 * From here on this process can load nothing but the files below `root` and a few harmless built-ins, and
 * its `process` is a stand-in that answers what libraries ask and can do nothing. Called before a byte of
 * the plugin runs. What Node's permission model leaves open and this closes: node:sqlite (writes files),
 * process.kill, process.binding, process.execve, v8 flags, and the channel to the host.
 */
export function raiseGuard(root: string): void {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      if (HARMLESS.has(resolved.url) || resolved.url.startsWith(root)) return resolved;
      throw Object.assign(new Error(`a plugin may not import ${JSON.stringify(specifier)}`), {
        kind: 'bug',
        code: 'IMPORT_DENIED',
      });
    },
  });

  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);

  const { arch, platform, version, versions } = process;
  const standIn = {
    arch,
    argv: [],
    cwd: () => '/',
    env: {},
    hrtime: process.hrtime.bind(process),
    nextTick: process.nextTick.bind(process),
    platform,
    version,
    versions,
  };
  Object.defineProperty(globalThis, 'process', { value: Object.freeze(standIn), configurable: false });
}
