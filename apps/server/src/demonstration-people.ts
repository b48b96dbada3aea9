import { randomInt } from 'node:crypto';
import { ROLES, type Role } from '@orderloom/access';
import type { Database } from '@orderloom/database';
import { newId } from '@orderloom/kernel';
import type { Auth } from './auth.ts';

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
}

const names: Readonly<Record<Role, string>> = {
  owner: 'Olivia Owner',
  designer: 'Dana Designer',
  operations: 'Oscar Operations',
  finance: 'Fiona Finance',
  warehouse: 'Walter Warehouse',
  compliance: 'Clara Compliance',
  support: 'Sam Support',
  auditor: 'Ada Auditor',
};

/**
 * Makes a person for each role of the demonstration tenant, all with one password nobody else knows. Answers
 * how they sign in the first time, and null when the tenant has people: passwords cannot be read back.
 */
export async function seedPeople(
  auth: Auth,
  database: Database,
  tenantId: string,
): Promise<readonly SignIn[] | null> {
  const members = await database.transaction(tenantId, (tx) =>
    tx.query('select user_id from member where tenant_id = $1 limit 1', [tenantId]),
  );
  if (members.length > 0) return null;

  const password = newPassword();
  const signIns = ROLES.map((role): SignIn => ({
    email: `${role}@demo.example`,
    password,
    name: names[role],
    role,
  }));
  // Of a seed that was cut short before anybody belonged to the tenant.
  await database.identity.user.deleteMany({ where: { email: { in: signIns.map(({ email }) => email) } } });
  const ids = await createUsers(auth, signIns);
  await database.transaction(tenantId, (tx) =>
    tx.query(
      `insert into member (tenant_id, user_id, roles)
       select $1, person.id, array[person.role] from unnest($2::text[], $3::text[]) as person(id, role)`,
      [tenantId, ids, signIns.map(({ role }) => role)],
    ),
  );
  return signIns;
}

/** As signing up would, which nobody can. Answers their ids. */
async function createUsers(auth: Auth, signIns: readonly SignIn[]): Promise<readonly string[]> {
  const { password: passwords, internalAdapter } = await auth.$context;
  return Promise.all(
    signIns.map(async ({ email, name, password }) => {
      const person = { id: newId(), email, name, emailVerified: true };
      const user = await internalAdapter.createUser(person, { method: 'email-password' });
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await passwords.hash(password),
      });
      return user.id;
    }),
  );
}

/** 16 letters and digits that are not taken for one another: 79 bits. */
function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
  );
  return groups.join('-');
}
