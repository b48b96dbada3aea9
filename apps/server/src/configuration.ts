import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '@orderloom/kernel';
import { z } from 'zod';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the plugins that come with the checkout lie, and the built studio. */
export const folders = {
  plugins: path.join(repository, 'plugins'),
  studio: path.join(repository, 'apps/studio/dist'),
} as const;

export interface Configuration {
  /** Null: the server starts a PostgreSQL of its own in the data folder. */
  readonly databaseUrl: string | null;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataFolder: string;
  readonly roles: { readonly api: boolean; readonly worker: boolean };
  /** Null: one is made at the first start and kept in the data folder. */
  readonly secret: string | null;
  readonly seed: 'demo' | 'none';
  readonly logLevel: (typeof logLevels)[number];
}

/** A variable of the environment that has no allowed form. */
export interface ConfigurationProblem {
  readonly name: string;
  /** Absent for secrets. */
  readonly given?: string;
  readonly allowed: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const roleNames = ['api', 'worker'] as const;

/** The whole interface to the environment: each variable with its allowed form, in words and as a schema. */
const variables = {
  DATABASE_URL: {
    allowed: 'a URL such as postgresql://user:password@host:5432/database',
    secret: true,
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
  },
  PORT: {
    allowed: 'a whole number from 0 to 65535',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
  },
  HOST: {
    allowed: 'a host name or IP address to listen on, such as 127.0.0.1 or 0.0.0.0',
    schema: z.string().regex(/^[\w.:%-]+$/),
  },
  ORDERLOOM_DATA: {
    allowed: 'the path of a folder',
    schema: z.string().transform((folder) => path.resolve(folder)),
  },
  ORDERLOOM_ROLES: {
    allowed: 'api, worker or api,worker',
    schema: z
      .string()
      .transform((list) => list.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(roleNames)))
      .refine((roles) => new Set(roles).size === roles.length),
  },
  ORDERLOOM_SECRET: {
    allowed: 'at least 32 characters that nobody can guess',
    secret: true,
    schema: z.string().min(32),
  },
  ORDERLOOM_SEED: { allowed: 'demo or none', schema: z.enum(['demo', 'none']) },
  LOG_LEVEL: { allowed: `one of ${logLevels.join(', ')}`, schema: z.enum(logLevels) },
} as const satisfies Record<
  string,
  { allowed: string; secret?: boolean; schema: z.ZodType<unknown, string> }
>;

type Name = keyof typeof variables;
type Given = { [N in Name]?: z.output<(typeof variables)[N]['schema']> };

/** Reads the environment. A variable that is empty counts as absent; every one with a wrong value is named. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Configuration, readonly ConfigurationProblem[]> {
  const given: Record<string, unknown> = {};
  const problems: ConfigurationProblem[] = [];
  for (const [name, variable] of Object.entries(variables)) {
    const text = environment[name]?.trim();
    if (!text) continue;
    const parsed = variable.schema.safeParse(text);
    if (parsed.success) given[name] = parsed.data;
    else problems.push({ name, ...(!('secret' in variable) && { given: text }), allowed: variable.allowed });
  }
  if (problems.length > 0) return err(problems);
  const {
    DATABASE_URL,
    PORT,
    HOST,
    ORDERLOOM_DATA,
    ORDERLOOM_ROLES,
    ORDERLOOM_SECRET,
    ORDERLOOM_SEED,
    LOG_LEVEL,
  } = given as Given;
  const roles: readonly string[] = ORDERLOOM_ROLES ?? roleNames;
  return ok({
    databaseUrl: DATABASE_URL ?? null,
    port: PORT ?? 4000,
    host: HOST ?? '127.0.0.1',
    dataFolder: ORDERLOOM_DATA ?? path.join(repository, '.orderloom'),
    roles: { api: roles.includes('api'), worker: roles.includes('worker') },
    secret: ORDERLOOM_SECRET ?? null,
    seed: ORDERLOOM_SEED ?? 'demo',
    logLevel: LOG_LEVEL ?? 'info',
  });
}
