export { intakeErrors, type IntakeErrorCode } from './errors.ts';
export { readDocument, type IntakeReading, type IntakeTransaction } from './read-document.ts';
