import type { Result } from '@orderloom/kernel';

/** The plugins of this installation, as operations see them: somebody to call, under a deadline. */
export interface PluginGateway {
  call(call: PluginCall): Promise<Result<unknown, PluginFailure>>;
}

export interface PluginCall {
  readonly plugin: string;
  readonly contribution: string;
  readonly operation: 'rates' | 'ship' | 'track' | 'cancel' | 'run';
  readonly input: unknown;
  /** Stays the same over retries, so that the other side sees one effect. */
  readonly idempotencyKey: string;
  readonly signal?: AbortSignal;
}

/** The three ways a plugin fails: try again, refused for a reason, or broken. */
export interface PluginFailure {
  readonly kind: 'retryable' | 'rejected' | 'bug';
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
}
