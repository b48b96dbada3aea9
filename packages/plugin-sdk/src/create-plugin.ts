import type { z } from 'zod';
import { carrier, type NoOptions, type Carrier, type CarrierDefinition } from './carrier.ts';
import type { Contribution } from './contribution.ts';
import type { PluginDefinition } from './plugin-definition.ts';
import { serviceTask, type ServiceTask, type ServiceTaskDefinition } from './service-task.ts';

/** A plugin's default export: its definition and everything it contributes. */
export interface Plugin extends PluginDefinition {
  readonly contributions: readonly Contribution[];
}

/** Makes contributions whose `ctx` knows this plugin's config, connections and collections. */
export interface PluginBuilder<P extends PluginDefinition> {
  readonly definition: P;
  carrier<S extends z.ZodObject = typeof NoOptions>(
    definition: CarrierDefinition<P, S>,
  ): CarrierDefinition<P, S> & Carrier;
  serviceTask<I extends z.ZodObject, O extends z.ZodObject>(
    definition: ServiceTaskDefinition<P, I, O>,
  ): ServiceTaskDefinition<P, I, O> & ServiceTask;
  /** The plugin itself, to be exported as default. Throws when two contributions share an id. */
  contributes(...contributions: readonly Contribution[]): Plugin;
}

/**
 * Begins a plugin. Nothing is registered anywhere: the host reads the manifest, and loads the module only
 * when one of its contributions is first called.
 */
export function createPlugin<const P extends PluginDefinition>(definition: P): PluginBuilder<P> {
  return {
    definition,
    carrier,
    serviceTask,
    contributes(...contributions) {
      const ids = contributions.map(({ id }) => id);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) {
        throw new Error(`${definition.id} contributes "${twice}" twice; ids are unique within a plugin.`);
      }
      return { ...definition, contributions };
    },
  };
}
