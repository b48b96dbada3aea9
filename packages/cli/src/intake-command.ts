import path from 'node:path';
import { Command } from 'commander';
import type { TenantClient } from '@orderloom/database';
import { formatMoney, money } from '@orderloom/kernel';
import { takeInDocument, type IntakeOutcome } from '@orderloom/operations';
import { openInstallation } from './open-installation.ts';
import { print } from './print.ts';
import { readInput } from './read-input.ts';

const EXIT_REJECTED = 1;
const EXIT_DUPLICATE = 3;

export function intakeCommand(): Command {
  return new Command('intake')
    .description('Take in documents (X12 850) and say what became of each.')
    .argument('<file...>', 'documents to take in')
    .option('--json', 'print one JSON object a document')
    .option('--tenant <slug>', 'whose documents they are', 'demo')
    .addHelpText(
      'after',
      `
Every document is kept, whatever becomes of it. Exit code: 0 when every order is in, ${EXIT_REJECTED} when one was
rejected, ${EXIT_DUPLICATE} when none was rejected and one had been taken in before, 2 when nothing could be done.`,
    )
    .action(takeInFiles);
}

/** What one document became, with where its orders stand now. */
interface Report {
  readonly file: string;
  readonly documentId: string;
  readonly disposition: IntakeOutcome['disposition'];
  readonly orders: readonly OrderReport[];
  readonly problems: readonly (IntakeOutcome['problems'][number] & { readonly transaction?: string })[];
  readonly acknowledgement: string | null;
}

interface OrderReport {
  readonly id: string;
  readonly number: string;
  readonly poNumber: string;
  readonly disposition: string;
  readonly state: string;
  readonly total: { readonly amount: string; readonly currency: string };
  /** Names of the open tasks, with the roles they are offered to. */
  readonly waitsFor: readonly { readonly task: string; readonly roles: readonly string[] }[];
}

async function takeInFiles(
  files: readonly string[],
  options: { json?: boolean; tenant: string },
): Promise<void> {
  // Read everything first: a mistyped name must not leave half of the files taken in.
  const documents = await Promise.all(files.map(readInput));
  await using installation = await openInstallation();
  const { platform } = installation;
  const principal = await installation.principalOf(options.tenant);

  const dispositions = new Set<string>();
  for (const { file, bytes } of documents) {
    const outcome = await takeInDocument(
      { platform, principal },
      { channel: 'command-line', fileName: path.basename(file), bytes },
    );
    const report = await platform.database.read(principal.tenantId, (client) =>
      reportOn(client, file, outcome),
    );
    dispositions.add(report.disposition);
    for (const { disposition } of outcome.transactions) dispositions.add(disposition);
    if (options.json) print(JSON.stringify(report));
    else printReport(report);
  }
  if (dispositions.has('rejected')) process.exitCode = EXIT_REJECTED;
  else if (dispositions.has('duplicate')) process.exitCode = EXIT_DUPLICATE;
}

async function reportOn(client: TenantClient, file: string, outcome: IntakeOutcome): Promise<Report> {
  const placed = outcome.transactions.flatMap(({ order, disposition }) =>
    order ? [{ ...order, disposition }] : [],
  );
  const ids = placed.map(({ id }) => id);
  const [orders, tasks] = await Promise.all([
    client.order.findMany({ where: { id: { in: ids } } }),
    client.userTask.findMany({
      where: { orderId: { in: ids }, state: 'OPEN' },
      orderBy: { createdAt: 'asc' },
    }),
  ]);
  return {
    file,
    documentId: outcome.documentId,
    disposition: outcome.disposition,
    orders: placed.flatMap(({ id, disposition }) => {
      const order = orders.find((it) => it.id === id);
      if (!order) return [];
      return {
        id,
        number: order.number,
        poNumber: order.poNumber,
        disposition,
        state: order.state,
        total: { amount: order.total.toString(), currency: order.currency },
        waitsFor: tasks
          .filter((task) => task.orderId === id)
          .map((task) => ({ task: task.name, roles: task.candidateGroups })),
      };
    }),
    problems: [
      ...outcome.problems,
      ...outcome.transactions.flatMap(({ control, problems }) =>
        problems.map((problem) => ({ ...problem, transaction: control.transaction })),
      ),
    ],
    acknowledgement: outcome.acknowledgement,
  };
}

function printReport({ file, disposition, orders, problems, documentId }: Report): void {
  print(`${file}: ${disposition} (document ${documentId})`);
  for (const order of orders) {
    const total = formatMoney(money(BigInt(order.total.amount), order.total.currency));
    const waiting = order.waitsFor.map(({ task, roles }) => `${task} (${roles.join(', ')})`).join('; ');
    print(
      `  order ${order.number}, purchase order ${order.poNumber}, ${total}: ${order.state.replaceAll('_', ' ')}`,
    );
    if (waiting !== '') print(`    waits for: ${waiting}`);
  }
  for (const { severity, code, message, located, fix } of problems) {
    print(`  ${severity} ${code} at ${located}: ${message}`);
    print(`    fix: ${fix}`);
  }
}
