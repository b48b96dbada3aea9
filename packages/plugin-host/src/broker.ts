import { err, type Result } from '@orderloom/kernel';
import { bug } from './errors.ts';
import type { HttpDoor } from './http-door.ts';
import type { PluginFailure, ReceivedMessage } from './protocol.ts';

type Door = Extract<ReceivedMessage, { type: 'broker' }>['door'];
/** Answers a question of the plugin, on behalf of one of its calls; `signal` fires when that call is over. */
export type Broker = (
  door: Door,
  args: unknown,
  signal: AbortSignal,
) => Promise<Result<unknown, PluginFailure>>;

/** Everything a plugin can ask of the host goes through here, and what is not granted is refused by name. */
export function createBroker(http: HttpDoor): Broker {
  return async (door, args, signal) =>
    door === 'http'
      ? await http(args, signal)
      : err(bug('CAPABILITY_DENIED', `The plugin was not granted the "${door}" door.`));
}
