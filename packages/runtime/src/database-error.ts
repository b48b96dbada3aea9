/** Deadlock, serialization failure, lock not available: the same transaction will probably pass the next time. */
const retryStates = new Set(['40001', '40P01', '55P03']);

/** SQLSTATE of an error PostgreSQL reported; null when the error came from elsewhere, such as the connection. */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : null;
}

/** The connection is gone, or the server is going: classes 08 and 57 (PostgreSQL, appendix A), or the socket broke. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return state.startsWith('08') || state.startsWith('57P');
  return (
    error instanceof Error &&
    (('code' in error && /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH)/.test(String(error.code))) ||
      /connection terminated|client has encountered a connection error|timeout exceeded when trying to connect/i.test(
        error.message,
      ))
  );
}

/** Nothing is wrong with the work itself: the transaction was rolled back and may be tried again. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return (state !== null && retryStates.has(state)) || isConnectionLoss(error);
}
