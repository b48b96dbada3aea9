import path from 'node:path';
import { Command } from 'commander';
import { isOrderloomError } from '@orderloom/kernel';
import { publishModel } from '@orderloom/operations';
import { openInstallation } from './open-installation.ts';
import { print, printError } from './print.ts';
import { readInput } from './read-input.ts';

export function publishCommand(): Command {
  return new Command('publish')
    .description('Publish processes (.bpmn) and decisions (.dmn): new orders run the new version.')
    .argument('<file...>', 'models to publish')
    .option('--tenant <slug>', 'whose processes they are', 'demo')
    .action(publishFiles);
}

async function publishFiles(files: readonly string[], { tenant }: { tenant: string }): Promise<void> {
  const inputs = await Promise.all(files.map(readInput));
  await using installation = await openInstallation();
  const call = { platform: installation.platform, principal: await installation.principalOf(tenant) };
  for (const { file, bytes } of inputs) {
    try {
      const text = new TextDecoder().decode(bytes);
      for (const { key, version, created } of await publishModel(call, {
        fileName: path.basename(file),
        text,
      })) {
        print(`${file}: ${key} version ${version}${created ? '' : ', unchanged'}`);
      }
    } catch (error) {
      if (!isOrderloomError(error)) throw error;
      printError(error);
      printFindings(error.details['findings']);
      process.exitCode = 1;
    }
  }
}

/** Of a model that cannot run: every finding with its element. */
function printFindings(findings: unknown): void {
  if (!Array.isArray(findings)) return;
  for (const { severity, element, message, fix } of findings as readonly Record<string, string | null>[]) {
    process.stderr.write(`  ${severity} at ${element ?? 'the document'}: ${message}\n    fix: ${fix}\n`);
  }
}
