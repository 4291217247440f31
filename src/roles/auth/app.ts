/**
 * The API of the auth role, route by route. Each route is a file in `routes/` and asks one action
 * in `actions/`; health, metrics and documentation come from the platform.
 */
import type { App } from '../../platform/http/create-app.ts';
import { limitBody } from '../../platform/http/limit-body.ts';
import type { AuthContext } from './auth-context.ts';
import { addAccountPage } from './routes/account-page.ts';
import { addAuthorizePage } from './routes/authorize-page.ts';
import { addChangePassword } from './routes/change-password.ts';
import { addChangeUser } from './routes/change-user.ts';
import { addCheckAudit } from './routes/check-audit.ts';
import { addCreateClient } from './routes/create-client.ts';
import { addCreateInvite } from './routes/create-invite.ts';
import { addCreatePersonalToken } from './routes/create-personal-token.ts';
import { addDeleteClient } from './routes/delete-client.ts';
import { addDeleteInvite } from './routes/delete-invite.ts';
import { addDevicePage } from './routes/device-page.ts';
import { addEndCurrentSession } from './routes/end-current-session.ts';
import { addEndSession } from './routes/end-session.ts';
import { addEndSessionsOfUser } from './routes/end-sessions-of-user.ts';
import { addIntrospectToken } from './routes/introspect-token.ts';
import { addIssueToken } from './routes/issue-token.ts';
import { addListAuditEvents } from './routes/list-audit-events.ts';
import { addListClients } from './routes/list-clients.ts';
import { addListInvites } from './routes/list-invites.ts';
import { addListSessions } from './routes/list-sessions.ts';
import { addListUsers } from './routes/list-users.ts';
import { addPurge } from './routes/purge.ts';
import { addReadCurrentUser } from './routes/read-current-user.ts';
import { addReadJwks } from './routes/read-jwks.ts';
import { addReadMetadata } from './routes/read-metadata.ts';
import { addReadUser } from './routes/read-user.ts';
import { addRegisterUser } from './routes/register-user.ts';
import { addRenewClientSecret } from './routes/renew-client-secret.ts';
import { addRevokeToken } from './routes/revoke-token.ts';
import { addSecondFactorPage } from './routes/second-factor-page.ts';
import { addSecondStepPage } from './routes/second-step-page.ts';
import { addSignInPage } from './routes/sign-in-page.ts';
import { addSignOutPage } from './routes/sign-out-page.ts';
import { addSignUpPage } from './routes/sign-up-page.ts';
import { addStartDevice } from './routes/start-device.ts';
import { addStyleSheet } from './routes/style-sheet.ts';

/** No request of this role needs more, in bytes. */
export const maxBodyBytes = 16_384;

export function addRoutes(app: App, auth: AuthContext): void {
  app.use(limitBody(maxBodyBytes));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  addIssueToken(app, auth); //         POST   /token
  addRevokeToken(app, auth); //        POST   /revoke
  addIntrospectToken(app, auth); //    POST   /introspect
  addStartDevice(app, auth); //        POST   /device_authorization
  addReadMetadata(app, auth); //       GET    /.well-known/oauth-authorization-server
  addReadJwks(app, auth); //           GET    /jwks.json
  addAuthorizePage(app, auth); //      GET    /authorize, its form POST
  addSignInPage(app, auth); //         GET    /sign-in, its form POST
  addSecondStepPage(app, auth); //     GET    /sign-in/code, its form POST
  addSignUpPage(app, auth); //         GET    /sign-up, its form POST
  addDevicePage(app, auth); //         GET    /device, its form POST
  addAccountPage(app, auth); //        GET    /account, its form POST
  addSecondFactorPage(app, auth); //   GET    /account/second-factor, its form POST
  addSignOutPage(app, auth); //        GET    /sign-out, its form POST
  addStyleSheet(app); //               GET    /pages.css
  addEndCurrentSession(app, auth); //  DELETE /sessions/current
  addRegisterUser(app, auth); //       POST   /users
  addListUsers(app, auth); //          GET    /users
  addReadCurrentUser(app, auth); //    GET    /users/me
  addChangePassword(app, auth); //     POST   /users/me/password
  addListSessions(app, auth); //       GET    /users/me/sessions
  addEndSession(app, auth); //         DELETE /users/me/sessions/{id}
  addCreatePersonalToken(app, auth); // POST  /users/me/tokens
  addReadUser(app, auth); //           GET    /users/{id}
  addChangeUser(app, auth); //         PATCH  /users/{id}
  addEndSessionsOfUser(app, auth); //  DELETE /users/{id}/sessions
  addCreateInvite(app, auth); //       POST   /invites
  addListInvites(app, auth); //        GET    /invites
  addDeleteInvite(app, auth); //       DELETE /invites/{id}
  addCreateClient(app, auth); //       POST   /clients
  addListClients(app, auth); //        GET    /clients
  addRenewClientSecret(app, auth); //  POST   /clients/{id}/secret
  addDeleteClient(app, auth); //       DELETE /clients/{id}
  addListAuditEvents(app, auth); //    GET    /audit
  addCheckAudit(app, auth); //         GET    /audit/check
  addPurge(app, auth); //              POST   /purge
}
