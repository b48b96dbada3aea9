// Prisma's schema engine (what `prisma migrate` runs), compiled to WebAssembly and driven through the pg
// driver: no native program, no download. Development only; nothing here is loaded by a server.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type * as EngineModule from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

export type SchemaEngine = EngineModule.SchemaEngine;
export type SchemaFile = EngineModule.SchemaContainer;

/** The engine reports a panic of its own through this global and is unusable afterwards. */
const panic = {
  message: '',
  set_message(message: string) {
    this.message = message;
  },
};
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panic });

/** Runs `work` with an engine connected to the database. */
export async function withSchemaEngine<T>(
  url: string,
  schema: readonly SchemaFile[],
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await (loaded ??= loadEngine());
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogPg(pool));
  try {
    const datamodels = schema.map(({ path, content }): [string, string] => [path, content]);
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter);
    const result = await work(engine);
    engine.free();
    return result;
  } catch (cause) {
    if (panic.message) throw new Error(`the schema engine broke: ${panic.message}`, { cause });
    // An error of the driver comes back as its number in a register.
    const number = /External error id#(\d+)/.exec(String(cause))?.[1];
    const hidden =
      number === undefined ? undefined : adapter.errorRegistry.consumeError(Number(number))?.error;
    throw hidden === undefined
      ? cause
      : new Error('the schema engine was refused by the database', { cause: hidden });
  } finally {
    await pool.end();
  }
}

/** Once a process: the glue keeps a view into the memory of the instance it was given first. */
let loaded: Promise<typeof EngineModule> | undefined;

async function loadEngine(): Promise<typeof EngineModule> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const program = await readFile(script.replace(/\.js$/, '.wasm'));
  const loaded = glue as unknown as typeof EngineModule & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  const { instance } = await WebAssembly.instantiate(program, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  loaded['__wbg_set_wasm'](instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return loaded;
}

/** The private method of the driver through which every query goes. */
interface PerformsIO {
  performIO(query: unknown): Promise<{ fields: { dataTypeID: number }[] }>;
}

const INTERNAL_CHAR = 18;
const TEXT = 25;

/** The stock driver refuses PostgreSQL's internal type "char", which the catalogue's own tables are full of. */
class CatalogPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const inner = adapter as unknown as PerformsIO;
    const queryRaw = Reflect.get<typeof adapter, 'queryRaw'>(adapter, 'queryRaw');
    adapter.queryRaw = async (query) => {
      const chars: number[] = [];
      const reading = Object.create(adapter) as PerformsIO;
      reading.performIO = async (query) => {
        const result = await inner.performIO(query);
        result.fields.forEach((field, column) => {
          if (field.dataTypeID !== INTERNAL_CHAR) return;
          field.dataTypeID = TEXT;
          chars.push(column);
        });
        return result;
      };
      const result = await queryRaw.call(reading as unknown as typeof adapter, query);
      for (const column of chars) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  }
}
