/**
 * What a name says about its value: a password may be short and chosen by a person, a secret is
 * made by a machine, a key may be one or may be what a table or a cache calls so.
 */
export type SecretKind = 'password' | 'secret' | 'key';

const passwordWords = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pswd', 'pass', 'pw'],
  ...['passwort', 'kennwort', 'wachtwoord', 'contrasena', 'senha', 'haslo', 'motdepasse'],
]);
const secretWords = new Set([
  ...['secret', 'secrets', 'secrete', 'token', 'credential', 'credentials', 'cred', 'creds'],
  ...['apikey', 'authtoken', 'accesstoken', 'authkey', 'privatekey', 'secretkey', 'accesskey'],
  ...['clientsecret', 'apitoken', 'apisecret', 'appsecret'],
]);
/** These say so only at the end of a name. */
const lastSecretWords = new Set(['authorization', 'auth', 'bearer']);
/** What makes a key one that opens something. */
const keyQualifiers = new Set([
  ...['api', 'access', 'secret', 'private', 'auth', 'encryption', 'signing', 'master', 'shared'],
  ...['account', 'session', 'storage', 'service', 'deploy', 'hmac', 'aes', 'decryption', 'app'],
]);
/** Words that make of any name one that holds no secret. */
const harmlessWords = new Set([
  ...[
    'public',
    'pub',
    'pubkey',
    'publickey',
    'primary',
    'foreign',
    'partition',
    'sort',
    'cache',
    'bucket',
    'sequence',
  ],
  ...['next', 'page', 'continuation', 'cursor', 'forgot', 'hash', 'hashed', 'checksum', 'digest'],
  ...['keyword', 'tokenizer', 'monkey', 'issuer', 'integrity', 'sha', 'commit', 'fingerprint'],
  ...['object', 'group', 'index', 'row', 'column', 'translation', 'i18n', 'react', 'event', 'hot'],
  ...[
    'with',
    'persist',
    'bypass',
    'pseudo',
    'typeof',
    'css',
    'color',
    'author',
    'authority',
    'compass',
    'unique',
  ],
]);
/** Last words of names that speak about a secret and hold none. */
const harmlessEndings = new Set([
  ...['id', 'ids', 'name', 'names', 'url', 'urls', 'uri', 'endpoint', 'path', 'paths', 'file'],
  ...['files', 'filename', 'dir', 'folder', 'type', 'types', 'kind', 'length', 'len', 'size'],
  ...['count', 'limit', 'max', 'min', 'expires', 'expiry', 'expiration', 'ttl', 'timeout', 'at'],
  ...['date', 'time', 'field', 'fields', 'label', 'placeholder', 'hint', 'prompt', 'message'],
  ...['msg', 'error', 'title', 'text', 'description', 'desc', 'policy', 'rule', 'rules', 'regex'],
  ...['pattern', 'format', 'prefix', 'suffix', 'version', 'algorithm', 'alg', 'method', 'mode'],
  ...[
    'enabled',
    'required',
    'valid',
    'store',
    'ring',
    'chain',
    'board',
    'provider',
    'host',
    'port',
  ],
  ...['header', 'param', 'attribute', 'attr', 'class', 'icon', 'reset', 'strength', 'manager'],
  ...['generator', 'input', 'list', 'map', 'ref', 'env', 'var', 'code', 'codes', 'pressed', 'down'],
  ...['up', 'pair', 'frame', 'tab', 'selector', 'vault', 'results', 'result', 'status', 'user'],
  ...['username', 'email', 'server', 'scope', 'audience', 'link', 'template', 'key_name', 'usage'],
]);

const runTogether =
  /(?:password|passwd|passphrase|pwd|secret|apikey|api_?token|access_?token|auth_?token|secret_?key|access_?key|private_?key|token|_authorization)$/;

/** Tells what a name's value may be; undefined when it is no secret. */
export function secretKindOf(name: string): SecretKind | undefined {
  const words = splitName(name);
  const last = words.at(-1) ?? '';
  if (harmlessEndings.has(last.replace(/s$/, '')) || harmlessEndings.has(last)) return undefined;
  if (words.some((word) => harmlessWords.has(word))) return undefined;
  if (words.some((word) => passwordWords.has(word))) return 'password';
  if (words.some((word) => secretWords.has(word)) || lastSecretWords.has(last)) return 'secret';
  for (let n = 1; n < words.length; n++) {
    if (words[n] === 'key' && keyQualifiers.has(words[n - 1] ?? '')) return 'secret';
  }
  const together = runTogether.exec(last)?.[0];
  if (together !== undefined) return /^pass|^pwd/.test(together) ? 'password' : 'secret';
  if (last.includes('password')) return 'password';
  if (last.includes('apikey')) return 'secret';
  return last === 'key' || /[a-z]{2}key$/.test(last) ? 'key' : undefined;
}

/** Splits `dbPassword2`, `DB_PASSWORD` and `db-password` into words in lower case. */
function splitName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
