import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../../../platform/http/create-app.ts';
import { limitBody } from '../../../platform/http/limit-body.ts';
import { requireScope } from '../../../platform/http/principal.ts';

/** A result with the most findings there can be fits. */
const maxBodyBytes = 134_217_728;

/** Lets pass the services that have the scope, before the request's body is read. */
export function allowService(
  scope: 'content:read' | 'results:write' | 'files:sweep',
): [MiddlewareHandler<AppEnv>, MiddlewareHandler<AppEnv>] {
  return [
    (c, next) => {
      requireScope(c.get('principal'), scope);
      return next();
    },
    limitBody(maxBodyBytes),
  ];
}
