import { html } from 'hono/html';
import { scopeList } from './consent-page.ts';
import { field, formToken, type Html, layOutPage } from './page-layout.ts';

/** Asks for the code that a device shows. */
export function deviceCodePage({ error }: { error?: string | undefined }): Html {
  return layOutPage({
    title: 'Sign in a device',
    error,
    content: html`<form method="get">
      ${field({
        name: 'user_code',
        label: 'Code',
        type: 'text',
        autocomplete: 'off',
        hint: 'Eight letters, as your device or command line shows them.',
        hasFocus: true,
        isWrong: error !== undefined,
      })}
      <p class="actions"><button type="submit">Go on</button></p>
    </form>`,
  });
}

export interface DeviceDecisionPage {
  token: string;
  clientName: string;
  userCode: string;
  scopes: readonly string[];
  email: string;
}

export function deviceDecisionPage(page: DeviceDecisionPage): Html {
  const { token, clientName, userCode, scopes, email } = page;
  return layOutPage({
    title: 'Sign in this device?',
    content: html`<p>
        <strong>${clientName}</strong> asks to be signed in as <strong>${email}</strong>. It could
        then:
      </p>
      ${scopeList(scopes)}
      <p>Go on only if you began this yourself, just now, and your device shows this code:</p>
      <p><code>${userCode}</code></p>
      <form method="post">
        ${formToken(token)}
        <p class="actions">
          <button type="submit" name="decision" value="allow">Sign it in</button>
          <button type="submit" name="decision" value="deny" class="plain">Do not</button>
        </p>
      </form>`,
  });
}
