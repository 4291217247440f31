import { html } from 'hono/html';
import { passwordLength } from '../password-rules.ts';
import { field, formToken, type Html, layOutPage } from './page-layout.ts';

export interface SignUpPage {
  token: string;
  email?: string | undefined;
  invite?: string | undefined;
  needsInvite: boolean;
  error?: string | undefined;
  signInUrl: string;
}

export function signUpPage(page: SignUpPage): Html {
  const { token, email, invite, needsInvite, error, signInUrl } = page;
  const isWrong = error !== undefined;
  return layOutPage({
    title: 'Create an account',
    error,
    content: html`<form method="post">
        ${formToken(token)}
        ${field({
          name: 'email',
          label: 'E-mail address',
          type: 'email',
          autocomplete: 'username',
          value: email,
          hasFocus: true,
          isWrong,
        })}
        ${field({
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'new-password',
          hint: `${passwordLength.min} to ${passwordLength.max} characters; a few words are easy to keep in mind.`,
          isWrong,
        })}
        ${field({
          name: 'invite',
          label: needsInvite ? 'Invite code' : 'Invite code, if you have one',
          type: 'text',
          autocomplete: 'off',
          value: invite,
          isOptional: !needsInvite,
        })}
        <p class="actions"><button type="submit">Create account</button></p>
      </form>
      <p>You have one? <a href="${signInUrl}">Sign in</a></p>`,
  });
}
