import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { swaggerUI } from '@hono/swagger-ui';
import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { AppError } from '../app-error.ts';
import type { App, AppEnv, AppOptions } from './create-app.ts';

const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'oauth2-redirect.js': 'text/javascript; charset=utf-8',
};

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Starts Swagger UI; its Authorize button signs in by code and PKCE, as the client `swagger`. */
const startScript = `
const page = location.origin + location.pathname.replace(/\\/$/, '');
const ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url: page.replace(/\\/docs$/, '/openapi.json'),
  oauth2RedirectUrl: page + '/oauth2-redirect.html',
  persistAuthorization: false,
});
ui.initOAuth({ clientId: 'swagger', usePkceWithAuthorizationCodeGrant: true });
`;

type Document = ReturnType<App['getOpenAPI31Document']>;

/** Whatever takes an access token takes it from each of the ways to get one. */
function withWaysToSignIn(document: Document): Document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path.get, path.put, path.post, path.patch, path.delete]) {
      if (!operation?.security?.some((one) => 'bearer' in one)) continue;
      operation.security = [...operation.security, { signIn: [] }, { password: [] }];
    }
  }
  return document;
}

/**
 * Adds the OpenAPI 3.1 document at `/openapi.json` and Swagger UI at `/docs`, served from the
 * package's own files: this software runs in closed networks.
 */
export function addDocs(app: App, options: AppOptions): void {
  const base = `/api/${options.role}`;
  const title = `Sensitivity ${options.role}`;
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the auth service (RFC 9068).',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'password', {
    type: 'oauth2',
    description: 'For scripts; deprecated.',
    flows: { password: { tokenUrl: '/api/auth/token', scopes: {} } },
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'signIn', {
    type: 'oauth2',
    description: 'Sign in in the browser (authorization code with PKCE).',
    flows: {
      authorizationCode: {
        authorizationUrl: '/api/auth/authorize',
        tokenUrl: '/api/auth/token',
        refreshUrl: '/api/auth/token',
        scopes: {},
      },
    },
  });
  let document: string | undefined;
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(
      withWaysToSignIn(
        app.getOpenAPI31Document({
          openapi: '3.1.0',
          info: { title, version: options.version, description: options.description },
          servers: [{ url: base }],
        }),
      ),
    );
    return c.body(document, 200, { 'Content-Type': 'application/json' });
  });
  const page: MiddlewareHandler<AppEnv> = swaggerUI({
    title,
    url: `${base}/openapi.json`,
    baseUrl: `${base}/docs`,
    // Its own page starts with a script in the page, which the content policy refuses.
    manuallySwaggerUIHtml: ({ css, js }) => `
      <link rel="stylesheet" href="${css[0]}" />
      <div id="swagger-ui"></div>
      <script src="${js[0]}"></script>
      <script src="${base}/docs/start.js"></script>`,
  });
  app.get('/docs', (c, next) => {
    c.header('Content-Security-Policy', contentPolicy);
    return page(c, next);
  });
  app.get('/docs/start.js', (c) =>
    c.body(startScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  // Where the browser comes back to with a code, which it hands to the page that opened it.
  const back = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <script src="${base}/docs/swagger-ui-dist/oauth2-redirect.js"></script>
      </head>
      <body></body>
    </html>`;
  app.get('/docs/oauth2-redirect.html', (c) => {
    c.header('Content-Security-Policy', contentPolicy);
    c.header('Cache-Control', 'no-store');
    return c.html(back);
  });
  app.get('/docs/swagger-ui-dist/:asset', async (c) => {
    const type = assets[c.req.param('asset')];
    if (type === undefined) throw new AppError('not_found', 'there is nothing at this path');
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const content = await readFile(join(folder, c.req.param('asset')));
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=86400' });
  });
}
