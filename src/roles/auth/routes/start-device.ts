import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { startDevice } from '../actions/start-device.ts';
import type { AuthContext } from '../auth-context.ts';
import { endpointUrls } from '../endpoint-urls.ts';
import {
  answerOAuthError,
  formBody,
  noStore,
  oauthErrorResponses,
  readClientForm,
} from './oauth-answer.ts';

const DeviceSchema = z
  .object({
    device_code: z.string(),
    user_code: z.string().openapi({ example: 'WDJB-MJHT' }),
    verification_uri: z.string(),
    verification_uri_complete: z.string(),
    expires_in: z.int().openapi({ description: 'Seconds.' }),
    interval: z.int().openapi({ description: 'Seconds between two polls.' }),
  })
  .openapi('DeviceAuthorization');

const route = createRoute({
  method: 'post',
  path: '/device_authorization',
  operationId: 'startDevice',
  tags: ['Tokens'],
  summary: 'Begins to sign in a device without a browser (RFC 8628)',
  request: formBody(['client_id'], {
    client_id: { type: 'string' },
    client_secret: { type: 'string', format: 'password' },
    scope: { type: 'string' },
  }),
  responses: {
    200: {
      description: 'The code that a person types, and the one to poll with.',
      content: { 'application/json': { schema: DeviceSchema } },
    },
    ...oauthErrorResponses,
  },
});

export function addStartDevice(app: App, auth: AuthContext): void {
  const { device } = endpointUrls(auth.settings.issuer);
  app.openapi(route, async (c) => {
    try {
      const { form, client, address } = await readClientForm(c, auth);
      const started = await startDevice(auth, { client, scope: form.get('scope'), address });
      const complete = `${device}?${new URLSearchParams({ user_code: started.user_code })}`;
      const urls = { verification_uri: device, verification_uri_complete: complete };
      return c.json({ ...started, ...urls }, 200, noStore);
    } catch (error) {
      return answerOAuthError(c, auth, error);
    }
  });
}
