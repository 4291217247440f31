import type { HitExample } from '../../detector.ts';

/** Made-up secrets; each is joined from pieces, so that no scanner takes it for a live one. */
const random = `${'q7Hd93Kx'}${'Pz41Mv8R'}tW6y`;
const hex = `${'8f2c71d09b3e4a56'}${'c1d7e80f92ab34cd'}`;
const chosen = `${'Tr0ub4'}${'dor&3'}`;
const guid = `${'5c0e7d2a-91f4-4b38'}-${'8a6d-2e7f1c94b035'}`;

export const genericHits: readonly HitExample[] = [
  { text: `DB_PASSWORD=${chosen}\n`, values: [chosen] },
  { text: `const apiKey = "${random}";`, values: [random] },
  { text: `{"client_secret": "${hex}"}`, values: [hex] },
  { text: `spring.datasource.password: '${chosen}'`, values: [chosen] },
  { text: `<authToken>\n    ${random}\n</authToken>`, values: [random] },
  { text: `<add key="SmtpPassword" value="${chosen}" />`, values: [chosen] },
  { text: `System.setProperty("API_TOKEN", "${guid}")`, values: [guid] },
  { text: `$accessToken .= '${random}'`, values: [random] },
  { text: `var sessionSecret string = \`${random}\``, values: [random] },
  { text: `if (password == "${chosen}") {`, values: [chosen] },
  { text: `if ("${chosen}" === dbPassword) {`, values: [chosen] },
  { text: `deploy --auth-token ${random} --force`, values: [random] },
  { text: `backup --db-password ${chosen} --now`, values: [chosen] },
  { text: `-H "X-Api-Key: ${random}"`, values: [random] },
  { text: `https://host/path?access_token=${random}&page=2`, values: [random] },
  { text: `{\\"secret_key\\": \\"${random}\\"}`, values: [random] },
  { text: `mypwd = "${chosen}"`, values: [chosen] },
  { text: `stripeKey: "${random}"`, values: [random] },
];

export const genericMisses: readonly string[] = [
  'password = getPassword()',
  'const token = System.getenv("API_TOKEN2");',
  'password: string',
  `password: "\${DB_PASSWORD}"`,
  'api_key = "your-api-key-here"',
  'token = "<paste it here>"',
  'secret: "xxxxxxxxxxxxxxxxxxxx"',
  'password = "{{ vault_password }}"',
  `public_key = "${random}"`,
  `primaryKey = "${random}"`,
  `"integrity": "sha512-${random}${hex}=="`,
  `commitHash = "${hex}"`,
  `key = "${guid}"`,
  'tokenUrl = "https://login.acme.org/oauth2/v2.0/token"',
  'passwordField = "inputPassword2"',
  'secretName: backend-tls-2',
  'keyboardLayout = "qwertz-de-1"',
  'password: "Please enter your password again"',
  'access_key_id = "eu-central-1"',
  'token: /[a-z0-9]{32}/i,',
  'keystore.password.file=/etc/ssl/store.p12',
  'author: "j2k9x8w7v6u5t4s3r2q1"',
  `nextPageToken = "${random}"`,
  `api_key = "${'1234567890'}${'abcdef1234'}"`,
];
