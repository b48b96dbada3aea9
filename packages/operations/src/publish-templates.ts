import { createHash } from 'node:crypto';
import { authorize } from '@orderloom/access';
import type { Transaction } from '@orderloom/database';
import { newId } from '@orderloom/kernel';
import { readTemplates, type Template } from '@orderloom/templates';
import { formatActor } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import { deployModel } from './publish-model.ts';

/**
 * Deploys what the product ships: processes, decisions and forms. What was ever deployed in exactly this
 * form is left alone: calling it at every start makes no versions, and a tenant's own next version stays.
 */
export async function publishTemplates(call: Call): Promise<void> {
  const { principal } = call;
  authorize(principal, 'publish', 'Process');
  const { processes, decisions, forms } = await readTemplates();
  const { tenantId } = principal;
  const actor = actorOf(principal);
  await perform(call, 'publishTemplates', null, async (step) => {
    const deployedBefore = await findDeployed(step.tx, tenantId);
    const isNew = ({ text }: Template) => !deployedBefore.has(sha256(text));
    const newForms = forms.filter(isNew);
    const newModels = [...decisions, ...processes].filter(isNew);
    if (newForms.length + newModels.length === 0) return;

    for (const form of newForms) await deployForm(step.tx, tenantId, form, formatActor(actor), step.now);
    for (const model of newModels) await deployModel(step, call, model);
    await recordDeeds(step.tx, [
      {
        tenantId,
        orderId: null,
        action: 'templates.published',
        actor,
        data: { files: [...newForms, ...newModels].map(({ fileName }) => fileName) },
        at: step.now,
      },
    ]);
  });
}

async function findDeployed(tx: Transaction, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ sha256: string }>(
    `select sha256 from process_definition where tenant_id = $1
     union select sha256 from decision_definition where tenant_id = $1
     union select sha256 from form_definition where tenant_id = $1`,
    [tenantId],
  );
  return new Set(rows.map((row) => row.sha256));
}

async function deployForm(
  tx: Transaction,
  tenantId: string,
  { fileName, text }: Template,
  deployedBy: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into form_definition (tenant_id, id, key, version, schema, sha256, deployed_at, deployed_by)
     select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7
       from form_definition where tenant_id = $1 and key = $3`,
    [tenantId, newId(), fileName.replace(/\.json$/, ''), text, sha256(text), now, deployedBy],
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
