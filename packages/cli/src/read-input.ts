import { readFile } from 'node:fs/promises';
import { fail } from '@orderloom/kernel';
import type { CliErrorCode } from './errors.ts';

export interface Input {
  /** As the user wrote it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Reads a file named on the command line, or says what is the matter with the name. */
export async function readInput(file: string): Promise<Input> {
  try {
    return { file, bytes: await readFile(file) };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    fail('CLI_FILE' satisfies CliErrorCode, `${file} ${why}.`, {
      field: file,
      fix: 'Check the path; nothing was done.',
      cause,
    });
  }
}
