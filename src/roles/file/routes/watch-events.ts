import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { App } from '../../../platform/http/create-app.ts';
import { requireUser } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { FileContext } from '../file-context.ts';
import { everyone } from '../store/counts.ts';
import { type FileEvent, readLastEvent } from '../store/events.ts';
import { ensureOwner, findOwner } from '../store/owners.ts';

/** A comment this often keeps proxies from closing a quiet stream. */
const keepAliveMilliseconds = 15_000;

/** The longest that a timer can take. */
const longestMilliseconds = 2 ** 31 - 1;

/** Events waiting for a slow reader before the stream is cut; it comes back where it was. */
const mostWaiting = 10_000;

const route = createRoute({
  method: 'get',
  path: '/events',
  operationId: 'watchEvents',
  tags: ['Files'],
  summary: 'Streams what happens to files, as server-sent events',
  description:
    'Events `status` (id, status, status_reason, sensitivity_score, label), `progress` (id, ' +
    'bytes_read, filesize) and `deleted` (id). Auditors and admins also see `policy` (version, ' +
    'policy_version) and `rescored` (policy_version, rescored, queued: contents of one batch). The stream ends with the access token; send ' +
    '`Last-Event-ID` with the next one to go on where it ended.',
  security: [{ bearer: [] }],
  request: { headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: {
      description: 'The stream.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

/** `stopping` ends every open stream when the role stops. */
export function watchEvents(app: App, context: FileContext, stopping: AbortSignal): void {
  app.openAPIRegistry.registerPath(route);
  app.get('/events', async (c) => {
    const { role, subject, expires } = requireUser(c.get('principal'));
    const owner = role === 'user' ? await numberOf(context, subject) : everyone;
    const since = /^\d{1,15}$/.exec(c.req.header('last-event-id') ?? '')?.[0];
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const waiting: FileEvent[] = [];
      let wake: (() => void) | undefined;
      const end = (): void => {
        stream.abort();
        wake?.();
      };
      const unwatch = await context.events.watch(owner, (event) => {
        waiting.push(event);
        if (waiting.length > mostWaiting) end();
        wake?.();
      });
      context.metrics.watchers.inc();
      const timer = setInterval(() => wake?.(), keepAliveMilliseconds);
      // As long as the token: what its owner may see is asked again with the next one.
      const expiry = setTimeout(end, Math.min(expires - Date.now(), longestMilliseconds));
      stopping.addEventListener('abort', end);
      stream.onAbort(() => wake?.());
      try {
        // A number that was never given, e.g. before a backup was restored, is none.
        const isKnown = Number(since) <= (await readLastEvent(context.store));
        let last = isKnown ? Number(since) : 0;
        if (isKnown) {
          for await (const event of context.events.readSince(last, owner)) {
            await stream.writeSSE({ id: String(event.seq), event: event.kind, data: event.body });
            last = event.seq;
          }
        }
        await stream.write(': watching\n\n');
        while (!stream.aborted && !stopping.aborted) {
          const event = waiting.shift();
          if (event) {
            if (event.seq <= last) continue;
            await stream.writeSSE({ id: String(event.seq), event: event.kind, data: event.body });
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          if (waiting.length === 0 && !stream.aborted) await stream.write(': \n\n');
        }
      } finally {
        clearInterval(timer);
        clearTimeout(expiry);
        stopping.removeEventListener('abort', end);
        context.metrics.watchers.dec();
        unwatch();
      }
    });
  });
}

/** The number of an owner; who has no file yet gets one, to hear of the first. */
async function numberOf({ store }: FileContext, subject: string): Promise<number> {
  const known = await findOwner(store, subject);
  if (known) return known.owner;
  return store.write(async (trx) => (await ensureOwner(trx, subject)).owner);
}
