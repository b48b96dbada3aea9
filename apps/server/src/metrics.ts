import type { Runtime } from '@orderloom/runtime';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** `/metrics` in the Prometheus text format: the process, requests by route, and the runtime. Nothing of any tenant. */
export function addMetrics(app: FastifyInstance, runtime: Runtime): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'orderloom_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
    duration.observe(labels, reply.elapsedTime / 1000);
  });

  const figures = {
    batches: 'Batches committed since the start.',
    submissions: 'Submissions in all batches since the start.',
    largestBatch: 'Submissions of the largest batch.',
    queued: 'Submissions that wait for a batch.',
    runningJobs: 'External jobs under way on this node.',
    freeJobSlots: 'External jobs this node could take.',
  } as const;
  for (const [figure, help] of Object.entries(figures)) {
    const gauge: Gauge = new Gauge({
      name: `orderloom_runtime_${figure.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      help,
      registers: [], // not in the registry all of the process shares
      collect: () => gauge.set(runtime.stats()[figure as keyof typeof figures]),
    });
    registry.registerMetric(gauge);
  }

  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
