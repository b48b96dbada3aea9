import type { Decision } from '@orderloom/bpmn';

/** Everything `advance` may know besides its arguments. No clock, no randomness, no promise of its own. */
export interface Environment {
  /** The instant at which the command is applied. */
  readonly now: Date;
  /** IANA zone of the tenant: timers and dates without a zone are read in it. */
  readonly timeZone: string;
  /** The decision a business rule task calls, or undefined when none is deployed under that id. */
  decision(id: string): Decision | undefined;
}
