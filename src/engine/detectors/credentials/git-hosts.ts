import type { Detector } from '../../detector.ts';
import { checkCrc32Suffix } from './crc32-suffix.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const github = 'GitHub: Behind GitHub’s new authentication token formats';
const gitlab = 'GitLab: Token overview, token prefixes';
const bitbucket = 'Atlassian: Bitbucket OAuth consumers';
const sourcegraph = 'Sourcegraph: Access tokens';
const gitter = 'Gitter: Developer API, authentication';

/** Tokens of services that host source code. */
export const gitHostTokens: readonly Detector[] = [
  prefixToken({
    id: 'github_pat',
    source: github,
    formats: ['ghp_{alnum 36}'],
    weight: 0.9,
    check: checkCrc32Suffix,
  }),
  prefixToken({
    id: 'github_fine_grained_pat',
    source: github,
    formats: ['github_pat_{word 82}'],
    weight: 0.9,
    minEntropy: 3,
  }),
  prefixToken({
    id: 'github_oauth',
    source: github,
    formats: ['gho_{alnum 36}'],
    weight: 0.9,
    check: checkCrc32Suffix,
  }),
  prefixToken({
    id: 'github_app_token',
    source: github,
    formats: ['ghs_{alnum 36}', 'ghu_{alnum 36}'],
    check: checkCrc32Suffix,
  }),
  prefixToken({
    id: 'github_app_jwt',
    source: github,
    formats: ['ghs_{digit 1-12}_eyJ{url 10-}.eyJ{url 10-}.{url 20-}'],
    specificity: 92,
  }),
  prefixToken({
    id: 'github_refresh_token',
    source: github,
    formats: ['ghr_{alnum 36-76}'],
    check: checkCrc32Suffix,
  }),
  prefixToken({
    id: 'gitlab_pat',
    source: gitlab,
    formats: [
      'glpat-{url 20}',
      'glpat-{url 27}.{lownum 2}.{lownum 9}',
      'glpat-{url 27}.{lownum 9}',
    ],
    weight: 0.9,
  }),
  prefixToken({
    id: 'gitlab_cicd_job_token',
    source: gitlab,
    formats: ['glcbt-{url 20-64}', 'glcbt-{anyhex 1-5}_{url 20-64}'],
    weight: 0.6,
  }),
  prefixToken({
    id: 'gitlab_deploy_token',
    source: gitlab,
    formats: ['gldt-{url 20}'],
  }),
  prefixToken({
    id: 'gitlab_feature_flag_client_token',
    source: gitlab,
    formats: ['glffct-{url 20}'],
    weight: 0.6,
  }),
  prefixToken({
    id: 'gitlab_feed_token',
    source: gitlab,
    formats: ['glft-{url 20}', 'glft-{hex 64}-{digit 1-12}'],
    weight: 0.6,
  }),
  prefixToken({
    id: 'gitlab_incoming_mail_token',
    source: gitlab,
    formats: ['glimt-{url 25}'],
    weight: 0.6,
  }),
  prefixToken({
    id: 'gitlab_kubernetes_agent_token',
    source: gitlab,
    formats: ['glagent-{url 50-128}'],
  }),
  prefixToken({
    id: 'gitlab_oauth_app_secret',
    source: gitlab,
    formats: ['gloas-{url 64}'],
  }),
  prefixToken({
    id: 'gitlab_trigger_token',
    source: gitlab,
    formats: ['glptt-{url 40}'],
  }),
  prefixToken({
    id: 'gitlab_runner_registration_token',
    source: gitlab,
    formats: ['GR1348941{url 20-50}'],
  }),
  prefixToken({
    id: 'gitlab_runner_token',
    source: gitlab,
    formats: [
      'glrt-{url 20}',
      'glrt-t{digit 1}_{url 20-27}.{lownum 2}.{lownum 9}',
      'glrt-t{digit 1}_{url 20-27}.{lownum 9}',
    ],
  }),
  prefixToken({
    id: 'gitlab_scim_token',
    source: gitlab,
    formats: ['glsoat-{url 20-50}'],
  }),
  prefixToken({
    id: 'gitlab_session_cookie',
    source: gitlab,
    formats: ['gitlab_session={lownum 32}'],
    weight: 0.6,
    hits: [
      {
        text: `Cookie: _gitlab_session=${'5d41402abc4b2a76'}${'b9719d911017c592'}; path=/`,
        values: ['gitlab_session=5d41402abc4b2a76b9719d911017c592'],
      },
    ],
  }),
  keyedToken({
    id: 'bitbucket_client_id',
    source: bitbucket,
    keywords: ['bitbucket'],
    formats: ['{alnum 32}'],
    identifier: true,
  }),
  keyedToken({
    id: 'bitbucket_client_secret',
    source: bitbucket,
    keywords: ['bitbucket'],
    formats: ['{urleq 64}'],
  }),
  prefixToken({
    id: 'sourcegraph_access_token',
    source: sourcegraph,
    formats: ['sgp_{anyhex 16}_{anyhex 40}', 'sgp_local_{anyhex 40}', 'sgp_{anyhex 40}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'sourcegraph_token',
    source: sourcegraph,
    keywords: ['sourcegraph'],
    formats: ['{anyhex 40}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'gitter_access_token',
    source: gitter,
    keywords: ['gitter'],
    formats: ['{url 40}'],
    weight: 0.6,
  }),
];
