/**
 * The API of the auth role, route by route. Each route is a file in `routes/` and asks one action
 * in `actions/`; health, metrics and documentation come from the platform.
 */
import type { App } from '../../platform/http/create-app.ts';
import { limitBody } from '../../platform/http/limit-body.ts';
import type { AuthContext } from './auth-context.ts';
import { addChangePassword } from './routes/change-password.ts';
import { addChangeUser } from './routes/change-user.ts';
import { addCreateInvite } from './routes/create-invite.ts';
import { addDeleteInvite } from './routes/delete-invite.ts';
import { addEndCurrentSession } from './routes/end-current-session.ts';
import { addIssueToken } from './routes/issue-token.ts';
import { addListInvites } from './routes/list-invites.ts';
import { addListUsers } from './routes/list-users.ts';
import { addPurge } from './routes/purge.ts';
import { addReadCurrentUser } from './routes/read-current-user.ts';
import { addReadJwks } from './routes/read-jwks.ts';
import { addReadUser } from './routes/read-user.ts';
import { addRegisterUser } from './routes/register-user.ts';

/** No request of this role needs more, in bytes. */
export const maxBodyBytes = 16_384;

export function addRoutes(app: App, auth: AuthContext): void {
  app.use(limitBody(maxBodyBytes));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  addIssueToken(app, auth); //         POST   /token
  addReadJwks(app, auth); //           GET    /jwks.json
  addEndCurrentSession(app, auth); //  DELETE /sessions/current
  addRegisterUser(app, auth); //       POST   /users
  addListUsers(app, auth); //          GET    /users
  addReadCurrentUser(app, auth); //    GET    /users/me
  addChangePassword(app, auth); //     POST   /users/me/password
  addReadUser(app, auth); //           GET    /users/{id}
  addChangeUser(app, auth); //         PATCH  /users/{id}
  addCreateInvite(app, auth); //       POST   /invites
  addListInvites(app, auth); //        GET    /invites
  addDeleteInvite(app, auth); //       DELETE /invites/{id}
  addPurge(app, auth); //              POST   /purge
}
