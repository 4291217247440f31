import type { Detector } from '../../detector.ts';
import { checkCrc32Suffix } from './crc32-suffix.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const jfrog = 'JFrog: Access tokens, reference tokens, API keys';
const settlemint = 'SettleMint: Application access tokens';
const sonar = 'SonarQube: Managing your tokens';
const npm = 'npm: About access tokens';

/** Tokens of registries, and of services that build and check software. */
export const buildTokens: readonly Detector[] = [
  prefixToken({
    id: 'artifactory_api_key',
    source: jfrog,
    formats: ['AKCp{alnum 69}'],
    strict: true,
    minEntropy: 3.5,
  }),
  prefixToken({
    id: 'artifactory_reference_token',
    source: jfrog,
    formats: ['cmVmd{alnum 59}'],
    strict: true,
    minEntropy: 3.5,
  }),
  keyedToken({
    id: 'artifactory_token',
    source: jfrog,
    keywords: ['artifactory', 'artif', 'jfrog', 'xjfrog'],
    formats: ['AKC{alnum 10-}', 'AP{anyhex 1}{alnum 8-}'],
    minEntropy: 2.8,
  }),
  keyedToken({
    id: 'jfrog_api_key',
    source: jfrog,
    keywords: ['jfrog', 'artifactory', 'bintray', 'xray'],
    formats: ['{alnum 73}'],
  }),
  keyedToken({
    id: 'jfrog_identity_token',
    source: jfrog,
    keywords: ['jfrog', 'artifactory', 'bintray', 'xray'],
    formats: ['{alnum 64}'],
  }),
  prefixToken({
    id: 'clojars_api_token',
    source: 'Clojars: Deploy tokens',
    formats: ['CLOJARS_{alnum 60}'],
  }),
  keyedToken({
    id: 'codecov_access_token',
    source: 'Codecov: Upload tokens',
    keywords: ['codecov'],
    formats: ['{alnum 32}', '{uuid}'],
    weight: 0.5,
  }),
  keyedToken({
    id: 'droneci_access_token',
    source: 'Drone: API authentication',
    keywords: ['drone', 'droneci'],
    formats: ['{alnum 32}'],
  }),
  prefixToken({
    id: 'npm_access_token',
    source: npm,
    formats: ['npm_{alnum 36}'],
    weight: 0.9,
    check: checkCrc32Suffix,
  }),
  keyedToken({
    id: 'npm_registry_token',
    source: npm,
    keywords: ['authtoken', 'auth token'],
    formats: ['{uuid}'],
    before: /(?:^|[\s"'=])\/\/[\w.-]+(?::\d+)?\/[\w./-]*:_$/,
    exampleKey: '//registry.acme.org/:_authToken',
    weight: 0.9,
  }),
  prefixToken({
    id: 'postman_api_token',
    source: 'Postman: API keys',
    formats: ['PMAK-{hex 24}-{hex 34}'],
  }),
  prefixToken({
    id: 'prefect_api_token',
    source: 'Prefect Cloud: API keys',
    formats: ['pnu_{alnum 36}'],
  }),
  prefixToken({
    id: 'pypi_upload_token',
    source: 'PyPI: API tokens (macaroons)',
    formats: ['pypi-AgEIcHlwaS5vcmc{url 50-}', 'pypi-AgENdGVzdC5weXBpLm9yZ{url 50-}'],
    weight: 0.9,
    minEntropy: 3,
  }),
  prefixToken({
    id: 'readme_api_token',
    source: 'ReadMe: API keys',
    formats: ['rdme_{lownum 70}'],
  }),
  prefixToken({
    id: 'rubygems_api_token',
    source: 'RubyGems: API keys',
    formats: ['rubygems_{hex 48}'],
    weight: 0.9,
  }),
  prefixToken({
    id: 'settlemint_personal_access_token',
    source: settlemint,
    formats: ['sm_pat_{alnum 16}'],
  }),
  prefixToken({
    id: 'settlemint_application_access_token',
    source: settlemint,
    formats: ['sm_aat_{alnum 16}'],
  }),
  prefixToken({
    id: 'settlemint_service_access_token',
    source: settlemint,
    formats: ['sm_sat_{alnum 16}'],
  }),
  keyedToken({
    id: 'sidekiq_secret',
    source: 'Sidekiq: Commercial gem servers',
    keywords: ['bundle enterprise', 'bundle gems'],
    formats: ['{anyhex 8}:{anyhex 8}'],
    letters: true,
    key: /contribsys/i,
    exampleKey: 'BUNDLE_ENTERPRISE__CONTRIBSYS__COM',
  }),
  keyedToken({
    id: 'snyk_api_token',
    source: 'Snyk: Authentication for API',
    keywords: ['snyk'],
    formats: ['{uuid}'],
    notKey: /(?:org|group|project|user)[_-]?id$/i,
  }),
  keyedToken({
    id: 'sonar_api_token',
    source: sonar,
    keywords: ['sonar'],
    formats: ['{alnum 40}'],
  }),
  prefixToken({
    id: 'sonar_token',
    source: sonar,
    formats: ['squ_{alnum 40}', 'sqp_{alnum 40}', 'sqa_{alnum 40}'],
  }),
  keyedToken({
    id: 'travisci_access_token',
    source: 'Travis CI: API authentication',
    keywords: ['travis'],
    formats: ['{alnum 22}'],
  }),
];
