export type FailureKind = 'retryable' | 'rejected' | 'bug';

interface PluginErrorOptions {
  readonly cause?: unknown;
  /** Wait at least this long before the next try: an upstream's `Retry-After`. Retryable failures only. */
  readonly retryAfterMs?: number;
}

/**
 * The three ways to fail. The process that called the plugin decides what follows by `kind`:
 * `retryable` is tried again later with the same idempotency key, `rejected` raises the BPMN error
 * `code` on the step, `bug` opens an incident. Any other exception counts as a bug.
 *
 * The host recognises these by shape, so a plugin that bundles its own copy of the SDK loses nothing.
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly kind: FailureKind;
  /** A stable upper-case word (`ADDRESS_UNDELIVERABLE`) that process authors can catch. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  private constructor(kind: FailureKind, code: string, message: string, options: PluginErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The same call may succeed later: the other side is busy, down or unreachable. */
  static retryable(code: string, message: string, options?: PluginErrorOptions): PluginError {
    return new PluginError('retryable', code, message, options);
  }

  /** A definite no that business people can act on: an address no one delivers to, a parcel too heavy. */
  static rejected(
    code: string,
    message: string,
    options?: Omit<PluginErrorOptions, 'retryAfterMs'>,
  ): PluginError {
    return new PluginError('rejected', code, message, options);
  }

  /** Something a developer has to look at. */
  static bug(code: string, message: string, options?: Omit<PluginErrorOptions, 'retryAfterMs'>): PluginError {
    return new PluginError('bug', code, message, options);
  }
}
