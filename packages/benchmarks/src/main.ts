// `npm run -s bench -- NAME [--json]`
import { machine, type Measurement } from './measurement.ts';
import { measureRuntime } from './runtime.ts';

const benchmarks: Readonly<Record<string, () => Promise<Measurement>>> = { runtime: measureRuntime };

const [name, ...flags] = process.argv.slice(2);
const benchmark = benchmarks[name ?? ''];
if (!benchmark) {
  console.error(`There is no benchmark "${name ?? ''}". There is: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}
const { notes, ...measurement } = await benchmark();
const ratios = Object.fromEntries(
  Object.entries(measurement.peers).map(([peer, figure]) => [peer, measurement.ours / figure]),
);
if (flags.includes('--json')) {
  console.log(JSON.stringify({ ...measurement, ratios, machine: machine(), notes }));
} else {
  console.log(`${measurement.name}: ${measurement.ours.toFixed(1)} ${measurement.unit}`);
  for (const [peer, figure] of Object.entries(measurement.peers)) {
    console.log(
      `  ${peer}: ${figure.toFixed(1)} ${measurement.unit} (ours is ${ratios[peer]?.toFixed(3)} of it)`,
    );
  }
  for (const [note, figure] of Object.entries(notes)) console.log(`  ${note}: ${figure}`);
  for (const [check, holds] of Object.entries(measurement.checks))
    console.log(`  ${holds ? 'ok' : 'FAILED'}: ${check}`);
  console.log(`  on ${machine()}`);
}
process.exitCode = Object.values(measurement.checks).every(Boolean) ? 0 : 1;
