import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../../platform/app-error.ts';
import type { AppEnv } from '../../../platform/http/create-app.ts';
import { requireRole, type UserRole } from '../../../platform/http/principal.ts';

export interface Access {
  /** Services with one of these scopes may pass. */
  scopes?: string[];
  /** People with one of these roles may pass. */
  roles?: UserRole[];
}

/** Lets pass who has one of the scopes or roles, before the request's body is read. */
export function requireAccess({ scopes = [], roles = [] }: Access): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const principal = c.get('principal');
    if (!scopes.some((scope) => principal.scopes.has(scope))) {
      if (principal.role === undefined || roles.length === 0) {
        const needed = [...scopes.map((scope) => `the scope ${scope}`), ...roles].join(' or ');
        throw new AppError('forbidden', `this needs ${needed}`, {
          headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' },
        });
      }
      requireRole(principal, ...roles);
    }
    await next();
  };
}
