import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppOptions } from './create-app.ts';

/** Named conditions of being ready; each throws, with a message fit for the answer, when unmet. */
export type Checks = Record<string, () => Promise<void> | void>;

const checkTimeoutMilliseconds = 2_000;

const healthcheck = createRoute({
  method: 'get',
  path: '/healthcheck',
  operationId: 'healthcheck',
  tags: ['Operation'],
  summary: 'Tells that the process is alive',
  responses: {
    200: {
      description: 'Alive.',
      content: {
        'application/json': {
          schema: z.object({ status: z.literal('ok'), role: z.string(), version: z.string() }),
        },
      },
    },
  },
});

const ReadinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.record(z.string(), z.string()).openapi({ example: { database: 'ok' } }),
});

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'readyz',
  tags: ['Operation'],
  summary: 'Tells whether everything the role needs can be reached',
  responses: {
    200: {
      description: 'Ready.',
      content: { 'application/json': { schema: ReadinessSchema } },
    },
    503: {
      description: 'Not ready; `checks` says why.',
      content: { 'application/json': { schema: ReadinessSchema } },
    },
  },
});

/** Adds `/healthcheck`, `/readyz` and, outside the public path, `/metrics`. */
export function addHealth(app: App, options: AppOptions): void {
  const { role, version, checks, metrics } = options;
  app.openapi(healthcheck, (c) => c.json({ status: 'ok' as const, role, version }, 200));
  app.openapi(readyz, async (c) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const),
    );
    const ready = results.every(([, result]) => result === 'ok');
    const status = ready ? ('ready' as const) : ('not_ready' as const);
    return c.json({ status, checks: Object.fromEntries(results) }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    if (new URL(c.req.url).pathname.startsWith('/api/')) return c.notFound();
    return c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType });
  });
}

async function runCheck(check: () => Promise<void> | void): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), checkTimeoutMilliseconds);
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  } finally {
    clearTimeout(timer);
  }
}
