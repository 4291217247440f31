import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';

/**
 * Names and attributes of the cookies of an issuer. Over https no other host, nor a page that is not
 * encrypted, can set them (RFC 6265bis, section 4.1.3.2); http is for the machine itself.
 */
export class BrowserCookies {
  readonly #isSecure: boolean;
  readonly #prefix: string;

  constructor(issuer: string) {
    const { protocol, port } = new URL(issuer);
    this.#isSecure = protocol === 'https:';
    // Cookies know no ports, and a machine may have several installations.
    this.#prefix = this.#isSecure ? '__Host-sensitivity' : `sensitivity-${port || '80'}`;
  }

  read(c: Context, name: string): string | undefined {
    return getCookie(c, this.#fullName(name));
  }

  /** For as long as the browser runs; an empty value takes the cookie away. */
  set(c: Context, name: string, value: string): void {
    const options: CookieOptions = {
      httpOnly: true,
      secure: this.#isSecure,
      sameSite: 'Lax',
      path: '/',
      ...(value === '' && { maxAge: 0 }),
    };
    setCookie(c, this.#fullName(name), value, options);
  }

  #fullName(name: string): string {
    return `${this.#prefix}-${name}`;
  }
}
