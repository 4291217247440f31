/** No registered address needs more. */
export const maxRedirectUriLength = 1_000;

const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost'];

/** A private-use scheme is a domain name, read backwards (RFC 8252, section 7.1). */
const privateScheme = /^[a-z][a-z\d-]*(\.[a-z\d-]+)+:$/;

/**
 * What is wrong with an address that a client wants to register; undefined when it may be one: an
 * absolute URI without fragment, user or wildcard, of https, of http on the machine itself, or of a
 * private-use scheme, and written as a browser writes it.
 */
export function redirectUriFault(uri: string): string | undefined {
  if (uri.length > maxRedirectUriLength) return `over ${maxRedirectUriLength} characters`;
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'not an absolute URI';
  const { href, protocol, hostname, username, password } = new URL(uri);
  if (uri.includes('#')) return 'with a fragment';
  if (username !== '' || password !== '') return 'with a user';
  if (uri.includes('*')) return 'with a wildcard';
  if (uri.includes('\\')) return 'with a backslash';
  if (href !== uri && href !== `${uri}/`) return `written otherwise than ${href}`;
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:') {
    return loopbackHosts.includes(hostname) ? undefined : 'http, but not on this machine';
  }
  return privateScheme.test(protocol) ? undefined : 'neither https nor a private-use scheme';
}

/**
 * Whether a redirect goes where the client registered it: the very same characters (RFC 9700, section
 * 2.1); of a loopback address registered without a port, with any port (RFC 8252, section 7.3).
 */
export function isRegistered(registered: readonly string[], uri: string): boolean {
  return registered.some((known) => known === uri || known === withoutLoopbackPort(uri));
}

/** Whether somebody else on the same machine could receive what is sent there. */
export function isSharedRedirect(uri: string): boolean {
  return !uri.startsWith('https://');
}

/** What a page's content policy calls the target of a redirect: its origin, or its scheme. */
export function policySourceOf(uri: string): string {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, head, tail] = /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d{1,5}(\/.*)$/.exec(uri) ?? [];
  return head === undefined ? undefined : `${head}${tail}`;
}
