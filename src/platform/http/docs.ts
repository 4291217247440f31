import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { swaggerUI } from '@hono/swagger-ui';
import type { MiddlewareHandler } from 'hono';
import { AppError } from '../app-error.ts';
import type { App, AppEnv, AppOptions } from './create-app.ts';

const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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
    flows: { password: { tokenUrl: '/api/auth/token', scopes: {} } },
  });
  let document: string | undefined;
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title, version: options.version, description: options.description },
        servers: [{ url: base }],
      }),
    );
    return c.body(document, 200, { 'Content-Type': 'application/json' });
  });
  const page: MiddlewareHandler<AppEnv> = swaggerUI({
    title,
    url: `${base}/openapi.json`,
    baseUrl: `${base}/docs`,
    persistAuthorization: false,
  });
  app.get('/docs', async (c, next) => {
    c.header('Content-Security-Policy', contentPolicy);
    return page(c, next);
  });
  app.get('/docs/swagger-ui-dist/:asset', async (c) => {
    const type = assets[c.req.param('asset')];
    if (type === undefined) throw new AppError('not_found', 'there is nothing at this path');
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const content = await readFile(join(folder, c.req.param('asset')));
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=86400' });
  });
}
