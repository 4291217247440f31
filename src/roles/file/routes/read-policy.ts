import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { parse } from 'yaml';
import { defaultPolicy } from '../../../engine/policy.ts';
import type { Policy } from '../../../engine/types.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { App, AppEnv } from '../../../platform/http/create-app.ts';
import { requireRole } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { defaultPolicyText } from '../../../policy/default-policy-text.ts';
import { policyTag } from '../actions/change-policy.ts';
import type { FileContext } from '../file-context.ts';
import { findPolicy } from '../store/policies.ts';
import type { PolicyRow } from '../store/schema.ts';
import { PolicySchema } from './policy-schema.ts';

const responses = {
  200: {
    description: 'As YAML, with its comments, when `Accept` names it; else as JSON.',
    headers: z.object({ ETag: z.string() }),
    content: {
      'application/json': { schema: PolicySchema },
      'application/yaml': { schema: z.string() },
    },
  },
} as const;

const route = createRoute({
  method: 'get',
  path: '/policy',
  operationId: 'readPolicy',
  tags: ['Policy'],
  summary: 'Tells the policy in force, its version, and who put it in force when',
  security: [{ bearer: [] }],
  responses: { ...responses, ...problemResponses('unauthenticated', 'forbidden') },
});

const versionRoute = createRoute({
  method: 'get',
  path: '/policy/versions/{version}',
  operationId: 'readPolicyVersion',
  tags: ['Policy'],
  summary: 'Tells a policy that is or was in force',
  security: [{ bearer: [] }],
  request: {
    params: z.object({
      version: z.coerce
        .number()
        .int()
        .min(0)
        .openapi({ param: { name: 'version', in: 'path' } }),
    }),
  },
  responses: {
    ...responses,
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function readPolicy(app: App, context: FileContext): void {
  app.openAPIRegistry.registerPath(route);
  app.get('/policy', async (c) => {
    requireRole(c.get('principal'), 'admin', 'auditor');
    await context.policies.refresh();
    return answerPolicy(c, context.policies.row);
  });
}

export function readPolicyVersion(app: App, context: FileContext): void {
  app.openAPIRegistry.registerPath(versionRoute);
  app.get('/policy/versions/:version', async (c) => {
    requireRole(c.get('principal'), 'admin', 'auditor');
    const version = Number(c.req.param('version'));
    if (!Number.isSafeInteger(version) || version < 0) {
      throw new AppError('invalid_request', 'a version is a whole number');
    }
    const row = version === 0 ? undefined : await findPolicy(context.store, version);
    if (version > 0 && row === undefined) {
      throw new AppError('not_found', `there was no version ${version} of the policy`);
    }
    return answerPolicy(c, row);
  });
}

/** A policy as JSON or YAML; without a row the engine's default. */
export function answerPolicy(c: Context<AppEnv>, row: PolicyRow | undefined): Response {
  const headers = { ETag: policyTag(row), 'Cache-Control': 'no-store', Vary: 'Accept' };
  const source = row?.source ?? defaultPolicyText;
  if (/\byaml\b/.test(c.req.header('accept') ?? '')) {
    return c.body(source, 200, { ...headers, 'Content-Type': 'application/yaml; charset=utf-8' });
  }
  const policy = row === undefined ? defaultPolicy : (JSON.parse(row.policy) as Policy);
  const body = {
    version: row?.version ?? 0,
    created_time: row?.created_at ?? null,
    created_by: row?.actor ?? null,
    policy_version: policy.version,
    policy: parse(source) as Record<string, unknown>,
  };
  return c.json(body, 200, headers);
}
