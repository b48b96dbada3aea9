#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { intakeCommand } from './intake-command.ts';
import { printError } from './print.ts';
import { publishCommand } from './publish-command.ts';

const program = new Command('orderloom')
  .description('Orderloom on the command line.')
  .exitOverride()
  .configureHelp({ sortSubcommands: true })
  .addCommand(intakeCommand())
  .addCommand(publishCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode; // commander has said what is wrong
  } else {
    printError(error);
    process.exitCode = 2;
  }
}
