import type { Database } from '@orderloom/database';
import type { PluginGateway } from './plugin-gateway.ts';

/** What external work is done with. */
export interface JobTools {
  readonly database: Database;
  readonly plugins: PluginGateway;
}
