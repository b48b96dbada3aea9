import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@orderloom/kernel';
import type pg from 'pg';
import { connect, type Target } from './connect.ts';
import type { DatabaseErrorCode } from './errors.ts';

/**
 * As whom the server works. None owns anything, none passes by the walls; the migrations say what each may do.
 * `app` serves one tenant at a time, `engine` finds work over all tenants, `identity` knows who may sign in.
 */
export type ServingRole = 'orderloom_app' | 'orderloom_engine' | 'orderloom_identity';

const SERVING_ROLES: readonly ServingRole[] = ['orderloom_app', 'orderloom_engine', 'orderloom_identity'];

/** The same server with the same database, entered as a serving role. */
export function asRole(target: Target, role: ServingRole, secret: string): Target {
  const password = createHmac('sha256', secret).update(`postgres role ${role}`).digest('base64url');
  return { ...target, user: role, password };
}

/**
 * Makes sure that each serving role can log in with the password derived from the secret and has no powers
 * it must not have. Touches nothing when that is so already.
 *
 * Roles belong to the whole cluster while locks belong to a database, so two databases of one cluster may be
 * opened at the same instant: whoever loses such a race looks again.
 */
export async function ensureServingRoles(owner: pg.Client, target: Target, secret: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const repairs = await neededRepairs(owner, target, secret);
    if (repairs.length === 0) return;
    try {
      for (const sql of repairs) await owner.query(sql);
    } catch (cause) {
      const { code, message } = cause as { code?: string; message: string };
      if (code === '42501') refuse(target, repairs, cause);
      const lostRace = code === '42710' || code === '23505' || /concurrently updated/.test(message);
      if (!lostRace || attempt === 10) throw cause;
      await sleep(10 + Math.random() * 50);
    }
  }
}

async function neededRepairs(owner: pg.Client, target: Target, secret: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: ServingRole; powerful: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful
       from pg_roles where rolname = any($1)`,
    [SERVING_ROLES],
  );
  const repairs = await Promise.all(
    SERVING_ROLES.map(async (role) => {
      const found = rows.find(({ name }) => name === role);
      const entry = asRole(target, role, secret);
      if (found && !found.powerful && (await canLogIn(entry))) return [];
      const powers = found?.powerful ? ' nosuperuser nobypassrls nocreaterole nocreatedb noreplication' : '';
      return [
        `${found ? 'alter' : 'create'} role ${role} login password '${scramVerifier(entry.password)}'${powers}`,
        `grant connect on database "${target.database.replaceAll('"', '""')}" to ${role}`,
      ];
    }),
  );
  return repairs.flat();
}

async function canLogIn(entry: Target): Promise<boolean> {
  try {
    await (await connect(entry)).end();
    return true;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code.startsWith('28') || code === '42501') return false;
    throw error;
  }
}

function refuse(target: Target, statements: readonly string[], cause: unknown): never {
  fail(
    'DATABASE_ROLES' satisfies DatabaseErrorCode,
    `User "${target.user}" may not create or change the roles that serve the database.`,
    {
      field: 'DATABASE_URL',
      fix: `Let a superuser run this once, then start again:\n${statements.map((sql) => `  ${sql};`).join('\n')}`,
      cause,
    },
  );
}

/** What PostgreSQL stores in place of a password (RFC 5803), so that no password shows in a log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
