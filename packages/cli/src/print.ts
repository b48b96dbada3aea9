import { isOrderloomError } from '@orderloom/kernel';

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** One block a person can act on: code, what, where, fix. A bug shows its stack, because nothing else helps then. */
export function printError(error: unknown): void {
  const text = isOrderloomError(error)
    ? [
        `${error.code}: ${error.message}`,
        ...(error.field ? [`  where: ${error.field}`] : []),
        ...(error.fix ? [`  fix:   ${error.fix}`] : []),
      ].join('\n')
    : `Unexpected error. Please report it.\n${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${text}\n`);
}
