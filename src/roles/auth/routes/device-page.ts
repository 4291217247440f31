import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { lacksSecondFactor } from '../actions/check-second-factor.ts';
import { decideDevice, findWaitingDevice } from '../actions/decide-device.ts';
import type { AuthContext } from '../auth-context.ts';
import { deviceCodePage, deviceDecisionPage } from '../pages/device-page.ts';
import { messagePage } from '../pages/message-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  ownPath,
  type PageContext,
  pathWithNext,
} from './answer-page.ts';
import { readForm } from './read-form.ts';

const unknown = 'No device waits with this code: look again, or begin anew on the device.';

/** Where a person types the code that a device shows (RFC 8628, section 3.3). */
export function addDevicePage(app: App, auth: AuthContext): void {
  app.get(
    '/device',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      if (await lacksSecondFactor(auth, live.user.id)) {
        return goTo(c, pathWithNext('/account/second-factor', ownPath(c)));
      }
      if (readTyped(c) === '') return answerPage(c, deviceCodePage({}));
      const device = await findDevice(auth, c);
      if (!device) return answerPage(c, deviceCodePage({ error: unknown }), { status: 404 });
      const page = deviceDecisionPage({
        token: auth.formGuard.issue(c, live.session.id),
        clientName: device.client.name,
        userCode: device.userCode,
        scopes: device.row.scope.split(' ').filter(Boolean),
        email: live.user.email,
      });
      return answerPage(c, page);
    }),
  );
  app.post(
    '/device',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (!live) return goTo(c, pathWithNext('/sign-in', ownPath(c)));
      if (await lacksSecondFactor(auth, live.user.id)) {
        return goTo(c, pathWithNext('/account/second-factor', ownPath(c)));
      }
      const decision = form.get('decision');
      if (decision !== 'allow' && decision !== 'deny') {
        throw new AppError('invalid_request', 'decision is missing');
      }
      const device = await findDevice(auth, c);
      if (!device) return answerPage(c, deviceCodePage({ error: unknown }), { status: 404 });
      const approve = decision === 'allow';
      await decideDevice(auth, device, { user: live.user, approve });
      const text = approve
        ? 'Your device is signed in: go back to it.'
        : 'The device was turned away.';
      return answerPage(c, messagePage({ title: 'Done', text }));
    }),
  );
}

function readTyped(c: PageContext): string {
  return c.req.query('user_code') ?? '';
}

function findDevice(auth: AuthContext, c: PageContext) {
  const address = clientAddress(c, auth.trustedProxies);
  return findWaitingDevice(auth, { typed: readTyped(c), address });
}
