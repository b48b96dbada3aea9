import type { Variables } from '@orderloom/engine';

export interface OutgoingMessage {
  readonly name: string;
  /** null reaches only those who wait for any message of that name. */
  readonly correlationKey: string | null;
  /** Business key of the instance the message starts, if it starts one. */
  readonly businessKey?: string;
  readonly variables: Variables;
  /** The sender's own id: the same id twice is taken once, for as long as the message lives. */
  readonly messageId?: string;
  /** How long the message waits for somebody to want it; a day unless told. */
  readonly timeToLiveMs?: number;
}

export const defaultTimeToLiveMs = 24 * 60 * 60 * 1000;
