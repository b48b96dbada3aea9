import { createHash } from 'node:crypto';
import { authorize } from '@orderloom/access';
import type { Transaction } from '@orderloom/database';
import { fail, newId } from '@orderloom/kernel';
import { readTemplates, type Template } from '@orderloom/templates';
import type { Actor } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';
import { deployModel } from './publish-model.ts';

/**
 * Deploys what the product ships: processes, decisions and forms. What a tenant has already in exactly
 * this form is left alone, so calling it at every start costs nothing and makes no versions.
 */
export async function publishTemplates(call: Call): Promise<void> {
  const { principal } = call;
  authorize(principal, 'publish', 'Process');
  const { processes, decisions, forms } = await readTemplates();
  const { tenantId } = principal;
  const actor = actorOf(principal);
  await perform(call, 'publishTemplates', null, async (step) => {
    const { tx, now } = step;
    const published: string[] = [];
    for (const form of forms) {
      if (await deployForm(tx, { tenantId, form, actor, now })) published.push(form.fileName);
    }
    for (const model of [...decisions, ...processes]) {
      const deployed = await deployModel(step, call, model);
      published.push(
        ...deployed.filter(({ created }) => created).map(({ key, version }) => `${key} ${version}`),
      );
    }
    if (published.length === 0) return;
    await recordDeeds(tx, [
      {
        tenantId,
        orderId: null,
        action: 'templates.published',
        actor,
        data: { published },
        at: now,
      },
    ]);
  });
}

/** Stores a new version of a form unless the latest is the same. */
async function deployForm(
  tx: Transaction,
  { tenantId, form, actor, now }: { tenantId: string; form: Template; actor: Actor; now: Date },
): Promise<boolean> {
  const key = form.fileName.replace(/\.json$/, '');
  const sha256 = createHash('sha256').update(form.text).digest('hex');
  const schema: unknown = JSON.parse(form.text);
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) {
    fail('TEMPLATE_FORM' satisfies OperationErrorCode, `${form.fileName} describes no fields.`, {
      field: form.fileName,
      fix: 'Write a JSON Schema of an object with properties.',
    });
  }
  const rows = await tx.query(
    `insert into form_definition (tenant_id, id, key, version, schema, sha256, deployed_at, deployed_by)
     select $1, $2, $3, coalesce(latest.version, 0) + 1, $4, $5, $6, $7
       from (select 1) as one
       left join lateral (select version, sha256 from form_definition
                           where tenant_id = $1 and key = $3 order by version desc limit 1) latest on true
      where latest.sha256 is distinct from $5
     returning version`,
    [tenantId, newId(), key, JSON.stringify(schema), sha256, now, `${actor.kind}:${actor.id}`],
  );
  return rows.length > 0;
}
