/** Whether a page of `origin` was served by the host a request went to. */
export function isSameOrigin(origin: string | undefined, host: string | null | undefined): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  return /^https?:$/.test(protocol) && originHost === host.toLowerCase();
}
