// `npm start`: reads the configuration, starts the server, says where it is, and ends it when told to.
import { isOrderloomError } from '@orderloom/kernel';
import { readConfiguration } from './configuration.ts';
import type { SignIn } from './demonstration-people.ts';
import { startServer } from './start-server.ts';

const configuration = readConfiguration(process.env);
if (!configuration.ok) {
  for (const { name, given, allowed } of configuration.error) {
    complain(
      'CONFIGURATION',
      given === undefined ? `${name} has no allowed value.` : `${name} is "${given}".`,
      `Set it to ${allowed}.`,
    );
  }
  process.exit(2);
}

const starting = startServer(configuration.value, say);
endOn(['SIGINT', 'SIGTERM']);
try {
  const { url, signIns } = await starting;
  say(`Orderloom is at ${url}`);
  if (signIns.length > 0) introduce(signIns);
} catch (error) {
  if (isOrderloomError(error)) complain(error.code, error.message, error.fix);
  else complain('INTERNAL', 'The server could not start. This is a bug; please report it.', undefined, error);
  process.exit(1);
}

/**
 * The first signal stops in order, also while the server is still starting; a later one does not wait. One
 * Ctrl-C arrives several times, from the terminal, from npm and from the script between: that is one wish.
 */
function endOn(signals: readonly NodeJS.Signals[]): void {
  let endingSinceMs: number | null = null;
  for (const signal of signals) {
    process.on(signal, () => {
      if (endingSinceMs !== null) {
        if (performance.now() - endingSinceMs > 1000) process.exit(130);
        return;
      }
      endingSinceMs = performance.now();
      say('Stopping; again to force.');
      void starting
        .then((server) => server.stop())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            complain('INTERNAL', 'The server did not stop in order.', undefined, error);
            process.exit(1);
          },
        );
    });
  }
}

function introduce(signIns: readonly SignIn[]): void {
  say('');
  say('The demonstration has a person for each role, all with one password. It is shown only now:');
  for (const { email, name } of signIns) say(`  ${email.padEnd(26)} ${name}`);
  say(`  password                   ${signIns[0]?.password ?? ''}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One clear block: code, what is wrong, and the fix. */
function complain(code: string, message: string, fix?: string, cause?: unknown): void {
  const lines = [`${code}: ${message}`, ...(fix === undefined ? [] : [`  ${fix}`])];
  process.stderr.write(`${lines.join('\n')}\n`);
  if (cause instanceof Error) process.stderr.write(`${cause.stack}\n`);
}
