import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { hasSecondFactor } from '../actions/check-second-factor.ts';
import { listConsentsOf, withdrawConsent } from '../actions/manage-consents.ts';
import { endSessionOf, listSessionsOf } from '../actions/manage-sessions.ts';
import type { AuthContext } from '../auth-context.ts';
import { describeScopes } from '../client.ts';
import { accountPage } from '../pages/account-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  ownPath,
  pathWithNext,
} from './answer-page.ts';
import { readForm } from './read-form.ts';

/** Shows a person where they are signed in, and ends what they do not know. */
export function addAccountPage(app: App, auth: AuthContext): void {
  app.get(
    '/account',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      const { user, session } = live;
      const sessions = await listSessionsOf(auth, user.id);
      const consents = await listConsentsOf(auth, user.id);
      const page = accountPage({
        token: auth.formGuard.issue(c, session.id),
        email: user.email,
        role: user.role,
        hasSecondFactor: await hasSecondFactor(auth, user.id),
        consents: consents.map(({ clientId, clientName, scopes }) => ({
          clientId,
          clientName,
          what: describeScopes(scopes),
        })),
        sessions: sessions.map(({ id, name, createdAt }) => ({
          id,
          name,
          since: new Date(createdAt).toISOString(),
          isThis: id === session.id,
        })),
      });
      return answerPage(c, page);
    }),
  );
  app.post(
    '/account',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      const userId = live.user.id;
      const sessionId = form.get('end');
      const clientId = form.get('withdraw');
      if (clientId !== undefined) await withdrawConsent(auth, { userId, clientId });
      else if (sessionId !== undefined) await endSessionOf(auth, { userId, sessionId });
      else throw new AppError('invalid_request', 'end or withdraw is missing');
      return goTo(c, '/account');
    }),
  );
}
