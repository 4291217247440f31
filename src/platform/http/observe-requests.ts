import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from '../log.ts';
import { Histogram, type Registry } from '../metrics.ts';
import { uuidv7 } from '../uuidv7.ts';
import type { AppEnv } from './create-app.ts';

const requestIdShape = /^[\w.:-]{1,64}$/;

const quietPaths = new Set(['/healthcheck', '/readyz', '/metrics']);

/** Headers of every answer; a route that serves a page replaces the content policy by its own. */
const securityHeaders: [string, string][] = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
];

/**
 * Gives each request its id (the caller's `X-Request-Id` when it is plain, else a new one), the
 * security headers, a log line and a duration. Logs and metrics name the route, never the path,
 * which may hold a file's name.
 */
export function observeRequests(log: Log, metrics: Registry): MiddlewareHandler<AppEnv> {
  const durations = new Histogram({
    name: 'sensitivity_http_request_duration_seconds',
    help: 'Time from the request to the head of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers: [metrics],
  });
  return async (c, next) => {
    const start = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && requestIdShape.test(given) ? given : uuidv7();
    c.set('requestId', requestId);
    await next();
    const { headers } = c.res;
    headers.set('X-Request-Id', requestId);
    for (const [name, value] of securityHeaders) {
      if (!headers.has(name)) headers.set(name, value);
    }
    const seconds = (performance.now() - start) / 1_000;
    const route = c.res.status === 404 && !c.get('principal') ? 'none' : routePath(c);
    const status = c.res.status;
    durations.observe({ method: c.req.method, route, status }, seconds);
    if (quietPaths.has(route) && status < 400) return;
    log.info(
      {
        request_id: requestId,
        method: c.req.method,
        route,
        status,
        milliseconds: Math.round(seconds * 1e5) / 100,
        subject: c.get('principal')?.subject,
      },
      'request',
    );
  };
}
