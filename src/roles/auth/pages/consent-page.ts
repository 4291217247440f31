import { html } from 'hono/html';
import { personScopes } from '../client.ts';
import { formToken, type Html, layOutPage } from './page-layout.ts';

export interface ConsentPage {
  token: string;
  clientName: string;
  /** Where the answer goes. */
  target: string;
  scopes: readonly string[];
  email: string;
  signOutUrl: string;
}

export function consentPage(page: ConsentPage): Html {
  const { token, clientName, target, scopes, email, signOutUrl } = page;
  return layOutPage({
    title: `Allow ${clientName}?`,
    content: html`<p>
        <strong>${clientName}</strong>, at <strong>${target}</strong>, asks for leave to act for
        <strong>${email}</strong>. It wants to:
      </p>
      ${scopeList(scopes)}
      <form method="post">
        ${formToken(token)}
        <p class="actions">
          <button type="submit" name="decision" value="allow">Allow</button>
          <button type="submit" name="decision" value="deny" class="plain">Do not allow</button>
        </p>
      </form>
      <p>Somebody else? <a href="${signOutUrl}">Sign out</a></p>`,
  });
}

export function scopeList(scopes: readonly string[]): Html {
  const texts: string[] = Object.entries(personScopes)
    .filter(([scope]) => scopes.includes(scope))
    .map(([, text]) => text);
  if (scopes.length === 0) texts.push('do all that you may do yourself');
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}
