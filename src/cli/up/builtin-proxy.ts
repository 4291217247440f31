import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { type RunningServer, serve } from '../../platform/http/serve.ts';

export interface Upstreams {
  auth: string;
  file: string;
  beat: string;
}

interface ProxyEnv {
  Bindings: HttpBindings;
}

/** The routes of the Caddyfile, in this process. */
export async function startBuiltinProxy(
  upstreams: Upstreams,
  listen: { host: string; port: number },
): Promise<RunningServer> {
  const app = new Hono<ProxyEnv>();
  const to = (upstream: string) => (c: Context<ProxyEnv>) => forward(c, upstream);
  app.all('/api/auth/*', to(upstreams.auth));
  app.all('/.well-known/oauth-authorization-server/*', to(upstreams.auth));
  app.all('/api/beat/*', to(upstreams.beat));
  app.all('/api/file/*', to(upstreams.file));
  // Each role's own port has its metrics; they are not for everybody.
  app.all('/metrics', (c) => c.notFound());
  app.all('*', to(upstreams.file));
  return serve(app, {
    ...listen,
    maxConnections: 10_000,
    idleTimeoutMilliseconds: 120_000,
  });
}

async function forward(c: Context<ProxyEnv>, upstream: string): Promise<Response> {
  const url = new URL(c.req.url);
  const { socket } = c.env.incoming;
  // Node has answered `100 Continue` already, and fetch refuses to ask for it.
  const { expect: _answered, ...headers } = c.req.header();
  try {
    return await proxy(`${upstream}${url.pathname}${url.search}`, {
      raw: c.req.raw,
      // A redirect is the browser's to follow.
      redirect: 'manual',
      headers: {
        ...headers,
        Host: url.host,
        'X-Forwarded-For': socket.remoteAddress ?? '',
        'X-Forwarded-Host': url.host,
        'X-Forwarded-Proto': 'http',
      },
    });
  } catch {
    return c.body(
      JSON.stringify({
        type: 'about:blank',
        title: 'Bad Gateway',
        status: 502,
        detail: 'this part of the installation is starting or away: try again',
        code: 'unavailable',
      }),
      502,
      { 'Content-Type': 'application/problem+json', 'Retry-After': '1' },
    );
  }
}
