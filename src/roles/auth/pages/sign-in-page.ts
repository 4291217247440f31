import { html } from 'hono/html';
import { field, formToken, type Html, layOutPage } from './page-layout.ts';

export interface SignInPage {
  token: string;
  username?: string | undefined;
  error?: string | undefined;
  /** The page to register at, where people may. */
  signUpUrl?: string | undefined;
}

export function signInPage({ token, username, error, signUpUrl }: SignInPage): Html {
  const isWrong = error !== undefined;
  return layOutPage({
    title: 'Sign in',
    error,
    content: html`<form method="post">
        ${formToken(token)}
        ${field({
          name: 'username',
          label: 'E-mail address',
          type: 'email',
          autocomplete: 'username',
          value: username,
          hasFocus: !isWrong,
          isWrong,
        })}
        ${field({
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'current-password',
          hasFocus: isWrong,
          isWrong,
        })}
        <p class="actions"><button type="submit">Sign in</button></p>
      </form>
      ${
        signUpUrl === undefined
          ? ''
          : html`<p>No account yet? <a href="${signUpUrl}">Create one</a></p>`
      }`,
  });
}
