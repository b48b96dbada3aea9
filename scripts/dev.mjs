// `npm run dev`: the server restarts and the studio reloads when a file changes. The studio is at
// http://127.0.0.1:4001 and passes everything that is the server's on to port 4000.
import { spawn } from 'node:child_process';

const programs = [
  [process.execPath, ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts']],
  ['vite', ['apps/studio', '--port', '4001', '--strictPort']],
].map(([program, args]) => spawn(program, args, { stdio: 'inherit' }));

const stop = () => programs.forEach((program) => program.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
// Half of a development server is worse than none: when one ends, so does the other.
for (const program of programs) program.on('exit', stop);
