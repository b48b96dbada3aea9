export { cliErrors, type CliErrorCode } from './errors.ts';
