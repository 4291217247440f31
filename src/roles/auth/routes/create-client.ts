import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { registerClient } from '../actions/register-client.ts';
import type { AuthContext } from '../auth-context.ts';
import { grantTypes } from '../client.ts';
import { maxRedirectUriLength } from '../redirect-uri.ts';
import { ClientWithSecretSchema, toClientJson } from './client-schema.ts';

const NewClientSchema = z
  .object({
    name: z
      .string()
      .trim()
      .regex(/^[^\p{C}]{1,100}$/u, '1 to 100 characters, none of them invisible')
      .openapi({ description: 'As people are told who asks.' }),
    type: z.enum(['public', 'confidential']).openapi({
      description: 'Whether it can keep a secret: a server can, a page or an app cannot.',
    }),
    grants: z
      .array(z.enum(Object.values(grantTypes)))
      .min(1)
      .max(4)
      .default([grantTypes.code, grantTypes.refresh])
      .transform((grants) => [...new Set(grants)]),
    redirect_uris: z.array(z.string().max(maxRedirectUriLength)).max(20).default([]),
    scopes: z
      .array(z.string().max(64))
      .max(20)
      .transform((scopes) => [...new Set(scopes)])
      .openapi({
        description:
          'What it may be allowed: `read` and `write` for people, `users:read` and `content:read` for itself.',
      }),
  })
  .openapi('NewClient');

export function addCreateClient(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/clients',
    operationId: 'createClient',
    tags: ['Clients'],
    summary: 'Registers a client, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: {
      body: { required: true, content: { 'application/json': { schema: NewClientSchema } } },
    },
    responses: {
      201: {
        description: 'The client with its secret, if it keeps one.',
        content: { 'application/json': { schema: ClientWithSecretSchema } },
      },
      ...problemResponses(
        'invalid_request',
        'unauthenticated',
        'forbidden',
        'unsupported_media_type',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const { name, type, grants, redirect_uris, scopes } = c.req.valid('json');
    const { client, secret } = await registerClient(auth, {
      caller: c.get('principal'),
      name,
      isConfidential: type === 'confidential',
      grants,
      redirectUris: redirect_uris,
      scopes,
    });
    const body = { ...toClientJson(client), ...(secret !== undefined && { secret }) };
    return c.json(body, 201, { Location: `/api/auth/clients/${client.id}` });
  });
}
