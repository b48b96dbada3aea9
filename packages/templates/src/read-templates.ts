import { readdir, readFile } from 'node:fs/promises';

export interface Template {
  readonly fileName: string;
  readonly text: string;
}

export interface Templates {
  /** BPMN 2.0 files with diagram interchange. */
  readonly processes: readonly Template[];
  /** DMN 1.3 files. */
  readonly decisions: readonly Template[];
  /** JSON Schemas; the file name without `.json` is the form's key. */
  readonly forms: readonly Template[];
}

const folder = new URL('../', import.meta.url);

/** Everything the product ships for a new tenant, byte for byte as it lies in this package. */
export async function readTemplates(): Promise<Templates> {
  const [processes, decisions, forms] = await Promise.all([
    readFolder(folder, '.bpmn'),
    readFolder(folder, '.dmn'),
    readFolder(new URL('forms/', folder), '.json'),
  ]);
  return { processes, decisions, forms };
}

async function readFolder(at: URL, extension: string): Promise<readonly Template[]> {
  const names = (await readdir(at)).filter((name) => name.endsWith(extension)).toSorted();
  return Promise.all(
    names.map(async (fileName) => ({ fileName, text: await readFile(new URL(fileName, at), 'utf8') })),
  );
}
