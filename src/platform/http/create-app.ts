import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Registry } from '../metrics.ts';
import { addDocs } from './docs.ts';
import { addHealth, type Checks } from './health.ts';
import { observeRequests } from './observe-requests.ts';
import type { Principal } from './principal.ts';
import { toAppError, toProblem } from './problem.ts';

export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { requestId: string; principal: Principal };
}

export type App = OpenAPIHono<AppEnv>;

export interface AppOptions {
  /** The role's name; its public path is `/api/<role>`. */
  role: string;
  version: string;
  log: Log;
  metrics: Registry;
  /** What must work for the role to be ready, by name; a check throws when it does not. */
  checks: Checks;
  /** One paragraph for the head of the API's documentation. */
  description: string;
  /** Runs for every request before the routes. */
  routes: (app: App) => void;
}

/**
 * The HTTP application every role stands on: request ids, security headers, logs, metrics,
 * health, documentation and errors as problem+json.
 *
 * Routes are declared without the public prefix and answer with it and without, and with a
 * trailing slash or without.
 */
export function createApp(options: AppOptions): App {
  const { role, log } = options;
  const app: App = new OpenAPIHono<AppEnv>({
    getPath: (request) => toRoutePath(request.url, `/api/${role}`),
    defaultHook: (result) => {
      if (result.success) return;
      throw new AppError('invalid_request', 'the request does not fit its schema', {
        fields: result.error.issues.map((issue) => ({
          field: [requestParts[result.target] ?? result.target, ...issue.path].join('.'),
          message: issue.message,
        })),
      });
    },
  });
  app.use(cancelHeadBody);
  app.use(observeRequests(options.log, options.metrics));
  addHealth(app, options);
  // Before the routes: one of them may take any name at the place of the documentation.
  addDocs(app, options);
  options.routes(app);

  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path);
    if (allowed.length > 0 && !allowed.includes(c.req.method)) {
      const message = `${c.req.method} is not allowed here; allowed: ${allowed.join(', ')}`;
      return toProblem(
        c,
        new AppError('method_not_allowed', message, { headers: { Allow: allowed.join(', ') } }),
      );
    }
    return toProblem(c, new AppError('not_found', 'there is nothing at this path'));
  });
  app.onError((error, c) => {
    const failure = error instanceof HTTPException ? fromHttpException(error) : toAppError(error);
    if (failure.status >= 500) {
      log.error({ request_id: c.get('requestId'), err: error }, 'request failed');
    }
    return toProblem(c, failure);
  });
  return app;
}

/**
 * HEAD is answered by the GET route without its body: what the body holds open, a file or an event
 * stream, is let go at once.
 */
const cancelHeadBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.req.method !== 'HEAD' || !c.res.body) return;
  await c.res.body.cancel();
  c.res = new Response(null, c.res);
};

/** The path that routes are matched by: no query, no public prefix, no trailing slash. */
export function toRoutePath(url: string, prefix: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  if (start < 0) return '/';
  const query = url.indexOf('?', start);
  let path = query < 0 ? url.slice(start) : url.slice(start, query);
  const hash = path.indexOf('#');
  if (hash >= 0) path = path.slice(0, hash);
  if (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/')) {
    path = path.slice(prefix.length);
  }
  while (path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
  return path === '' ? '/' : path;
}

/** What a caller calls the parts of a request that the validators have their own names for. */
const requestParts: Record<string, string> = { json: 'body', form: 'body', param: 'path' };

/** What the framework itself refuses: a body that is no JSON, of another type or too long. */
function fromHttpException({ status, message }: HTTPException): AppError {
  if (status === 413) return new AppError('body_too_large', message || 'the body is too large');
  if (status === 415) {
    return new AppError(
      'unsupported_media_type',
      'the body is not of the content type wanted here',
    );
  }
  return new AppError('invalid_request', message || 'this is no valid request');
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodsOf(app: App, path: string): string[] {
  return methods.filter((method) =>
    app.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && !route.path.includes('*')),
  );
}
