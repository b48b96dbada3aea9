/** Whether a text can be an id at all; PostgreSQL refuses a query about one that cannot. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
