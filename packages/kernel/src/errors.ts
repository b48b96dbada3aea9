export interface ErrorOptions {
  /** What is wrong, by its path in the input: `lines[2].sku`, `PO1*3`, `PORT`. */
  readonly field?: string;
  /** What the reader can do about it, as an instruction. */
  readonly fix?: string;
  /** Facts for the program that reads the error; no personal data, no secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An error a person or a program is expected to read: a stable code, what is wrong, where, and how to
 * mend it. Anything thrown that is not one of these is a bug and is answered without its text.
 *
 * Codes are listed in each package's `errors.ts` and never reused.
 */
export class OrderloomError extends Error {
  override readonly name = 'OrderloomError';
  readonly code: string;
  readonly field: string | undefined;
  readonly fix: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.fix = options.fix;
    this.details = options.details ?? {};
  }
}

export function fail(code: string, message: string, options?: ErrorOptions): never {
  throw new OrderloomError(code, message, options);
}

/** By shape, not by class: an error keeps its meaning across module copies and process borders. */
export function isOrderloomError(error: unknown): error is OrderloomError {
  return error instanceof Error && error.name === 'OrderloomError' && 'code' in error;
}
