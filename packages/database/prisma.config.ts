import { defineConfig } from 'prisma/config';

// `prisma generate` would first download the native schema engine it never runs; any existing path
// in this variable turns that off. Migrations run on the WebAssembly build (src/schema-engine.ts).
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema' });
