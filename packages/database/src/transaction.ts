import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '@orderloom/kernel';
import pg from 'pg';

/** SQL on one connection, within one transaction. */
export interface Transaction {
  /**
   * Runs one statement, prepared once per connection. `bigint` columns come as `bigint`, `numeric` as text with
   * all its digits, `date` as `YYYY-MM-DD`, `timestamptz` as `Date`. Pass JSON as text.
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /** Runs `work` under a savepoint; an error rolls back to it and is thrown on, and the transaction can go on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

export interface TransactionOptions {
  /**
   * How often to run `work` again after a deadlock or a serialisation failure. Default 0. `work` must then have
   * no effect outside the transaction.
   */
  readonly retries?: number;
}

/** Runs `work` between `begin` and COMMIT; an error rolls everything back and is thrown on. */
export async function runTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Transaction) => Promise<T>,
  { retries = 0 }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(pool, begin, work);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt); // jitter, or the two would meet again
    }
  }
}

async function runOnce<T>(pool: pg.Pool, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(transactionOn(client));
    const { command } = await client.query('commit');
    // After a failed statement PostgreSQL answers COMMIT with a quiet ROLLBACK.
    assert(
      command === 'COMMIT',
      'a statement failed, its error was caught outside a savepoint, all is rolled back',
    );
    client.release();
    return result;
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      (lost: Error) => client.release(lost),
    );
    throw error;
  }
}

function transactionOn(client: pg.ClientBase): Transaction {
  let savepoints = 0;
  return {
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      const { rows } = await client.query<Row>({ name: statementName(sql), text: sql, values: [...values] });
      return rows;
    },
    async savepoint(work) {
      const name = `savepoint_${++savepoints}`;
      await client.query(`savepoint ${name}`);
      try {
        const result = await work();
        await client.query(`release savepoint ${name}`);
        return result;
      } catch (error) {
        await client.query(`rollback to savepoint ${name}; release savepoint ${name}`);
        throw error;
      }
    },
  };
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

const isTransient = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
};

const statementNames = new Map<string, string>();

/** The name under which a statement is prepared: the same text has the same name on every connection. */
export function statementName(sql: string): string {
  let name = statementNames.get(sql);
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('base64url');
    statementNames.set(sql, name);
  }
  return name;
}

/** How {@link Transaction.query} reads columns; see there. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text' | 'binary') {
    switch (oid) {
      case pg.types.builtins.INT8:
        return BigInt;
      case pg.types.builtins.DATE:
        return String;
      default:
        return pg.types.getTypeParser(oid, format);
    }
  },
};
