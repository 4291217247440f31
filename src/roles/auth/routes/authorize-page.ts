import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { authorizeClient, denyClient, needsConsent } from '../actions/authorize-client.ts';
import { lacksSecondFactor } from '../actions/check-second-factor.ts';
import { findClient } from '../actions/find-client.ts';
import type { AuthContext } from '../auth-context.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from '../authorization-request.ts';
import { consentPage } from '../pages/consent-page.ts';
import { policySourceOf } from '../redirect-uri.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  linkWithNext,
  ownPath,
  type PageContext,
  pathWithNext,
} from './answer-page.ts';
import { readForm } from './read-form.ts';

/**
 * The authorization endpoint (RFC 6749, section 3.1): whoever is signed in is asked, where that is
 * needed, and sent back to the client with a code. The form is sent to the address of the request
 * itself, so that what is allowed is what was asked.
 */
export function addAuthorizePage(app: App, auth: AuthContext): void {
  app.get(
    '/authorize',
    forPeople(auth, async (c) => {
      const request = await readRequest(auth, c);
      const live = await currentSession(auth, c);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      if (await lacksSecondFactor(auth, live.user.id)) {
        return goTo(c, pathWithNext('/account/second-factor', ownPath(c)));
      }
      const { session, user } = live;
      if (!(await needsConsent(auth, request, user.id))) {
        return c.redirect(await authorizeClient(auth, request, { session, agreed: false }), 303);
      }
      const { client, scopes, redirectUri } = request;
      const page = consentPage({
        token: auth.formGuard.issue(c, session.id),
        clientName: client.name,
        target: policySourceOf(redirectUri),
        scopes,
        email: user.email,
        signOutUrl: linkWithNext('/sign-out', ownPath(c)),
      });
      return answerPage(c, page, { formTarget: policySourceOf(redirectUri) });
    }),
  );
  app.post(
    '/authorize',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const request = await readRequest(auth, c);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      if (await lacksSecondFactor(auth, live.user.id)) {
        return goTo(c, pathWithNext('/account/second-factor', ownPath(c)));
      }
      const decision = form.get('decision');
      if (decision === 'deny') await denyClient(auth, request, live.user.id);
      if (decision !== 'allow') throw new AppError('invalid_request', 'decision is missing');
      const options = { session: live.session, agreed: true };
      return c.redirect(await authorizeClient(auth, request, options), 303);
    }),
  );
}

function readRequest(auth: AuthContext, c: PageContext): Promise<AuthorizationRequest> {
  const query = new URL(c.req.url).search.slice(1);
  return readAuthorizationRequest(query, (id) => findClient(auth, id));
}
