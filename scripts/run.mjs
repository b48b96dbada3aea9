// Behind every `npm run`: runs on whatever Node npm runs on (18 or newer), installs with the pinned
// pnpm when something changed, then hands over to the pinned Node that the install put in
// node_modules/.bin. Nothing here may import a package.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = path.join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';
const [command = 'start', ...args] = process.argv.slice(2);
// What a program reads from standard output must not be mixed with what the set-up says.
const quiet = command === 'orderloom' || command === 'bench';

install();
const environment = childEnvironment();
const node = pinnedNode();

switch (command) {
  case 'start':
    build();
    await hand(node, ['apps/server/src/main.ts', ...args]);
    break;
  case 'dev':
    generate();
    await hand(node, ['scripts/dev.mjs', ...args]);
    break;
  case 'test':
    build();
    await hand('vitest', ['run', ...args]);
    break;
  case 'check':
    check();
    break;
  case 'verify':
    check();
    build();
    await hand('vitest', ['run', ...args]);
    break;
  case 'fix':
    must('oxfmt', []);
    must('oxlint', ['--fix']);
    break;
  case 'build':
    build();
    break;
  case 'orderloom':
    build();
    // Paths on the command line are relative to where the user stands, not to this checkout.
    await hand(
      node,
      [path.join(root, 'packages/cli/src/main.ts'), ...args],
      process.env.INIT_CWD ?? process.cwd(),
    );
    break;
  case 'bench':
    build();
    await hand(node, ['packages/benchmarks/src/main.ts', ...args]);
    break;
  case 'migration':
    generate();
    await hand(node, ['packages/database/src/create-migration.ts', ...args]);
    break;
  case 'pnpm':
    await hand('pnpm', args);
    break;
  default:
    stop(`There is no command "${command}". See "scripts" in package.json.`);
}

function install() {
  const stamp = path.join(root, 'node_modules', '.orderloom-install');
  const digest = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'package.json']) {
    digest.update(readFileSync(path.join(root, file)));
  }
  const wanted = digest.digest('hex');
  const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (installed()) return;
  onlyOne(path.join(root, 'node_modules', '.orderloom-installing'), () => {
    if (installed()) return; // the process we waited for did it
    const pnpm = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).packageManager;
    const npmArguments = ['exec', '--yes', '--', pnpm, 'install', '--frozen-lockfile'];
    const npm = process.env.npm_execpath;
    if (npm?.endsWith('.js')) must(process.execPath, [npm, ...npmArguments], process.env);
    else must('npm', npmArguments, process.env);
    writeFileSync(stamp, wanted);
  });
}

/** Two first starts at once must not install into each other: the second waits for the first. */
function onlyOne(lock, work) {
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const ageMs = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (ageMs > 5 * 60_000) rmSync(lock, { recursive: true, force: true }); // its owner was killed
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function childEnvironment() {
  const env = {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
  };
  // npm's own settings are not pnpm's.
  for (const key of Object.keys(env)) if (/^npm_/i.test(key)) delete env[key];
  return env;
}

function pinnedNode() {
  const own = path.join(bin, windows ? 'node.exe' : 'node');
  const candidate = existsSync(own) ? own : process.execPath;
  const version = spawnSync(candidate, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.trim();
  if (Number.parseInt(version) < 24) {
    stop(
      `Orderloom needs Node 24 or newer; this machine has ${version} and there is no prebuilt one for ` +
        `${process.platform}-${process.arch}. Install Node 26 and run the command again.`,
    );
  }
  return candidate;
}

function generate() {
  turbo(['run', 'generate']);
}

function build() {
  turbo(['run', 'build', 'generate']);
}

function turbo(turboArguments) {
  must(
    'turbo',
    [...turboArguments, '--output-logs=errors-only', '--log-order=grouped'],
    environment,
    quiet || command === 'start',
  );
}

function check() {
  generate();
  const steps = [
    { name: 'format', program: 'oxfmt', args: ['--check'] },
    { name: 'lint', program: 'oxlint', args: [] },
    { name: 'types', program: 'turbo', args: ['run', 'typecheck', '--output-logs=errors-only'] },
    { name: 'boundaries', program: 'turbo', args: ['boundaries'] },
    { name: 'unused code', program: 'knip', args: [] },
    { name: 'documentation', program: node, args: ['scripts/check-docs.mjs'] },
    { name: 'schema drift', program: node, args: ['packages/database/src/check-drift.ts'] },
  ];
  for (const { name, program, args: stepArguments } of steps) {
    const startedMs = Date.now();
    must(program, stepArguments);
    console.log(`ok  ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  }
}

/** Runs to the end and stops with its exit code when it failed; silent ones speak only then. */
function must(program, programArguments, env = environment, silent = false) {
  const result = spawnSync(program, programArguments, {
    cwd: root,
    env,
    shell: windows,
    stdio: silent ? ['ignore', 'pipe', 'pipe'] : quiet ? ['ignore', 2, 2] : 'inherit',
  });
  if (result.error) throw result.error;
  if (result.status === 0) return;
  if (silent) process.stderr.write(Buffer.concat([result.stdout, result.stderr]));
  process.exit(result.status ?? 1);
}

/** Becomes the given program: same terminal, same signals, same exit code. */
async function hand(program, programArguments, cwd = root) {
  const child = spawn(program, programArguments, {
    cwd,
    env: environment,
    stdio: 'inherit',
    shell: windows && program !== node,
  });
  // A terminal's Ctrl-C reaches the child by itself, a plain kill only us: it is passed on as SIGTERM,
  // which the child takes as the same wish and not as a second, impatient Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  // npm dies of a SIGTERM without passing it on. Whoever stopped it meant us.
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...outcome) => resolve(outcome));
  });
  clearInterval(orphaned);
  process.exitCode = signal ? 1 : code;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
