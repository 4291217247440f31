import type { Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const vault = 'HashiCorp: Vault tokens';

/** Tokens of services that keep secrets, plan infrastructure and release software. */
export const releaseTokens: readonly Detector[] = [
  prefixToken({
    id: 'doppler_api_token',
    source: 'Doppler: Auth token formats',
    formats: ['pt', 'st', 'ct', 'sa', 'said', 'scim', 'audit'].map(
      (kind) => `dp.${kind}.{alnum 40-44}`,
    ),
  }),
  prefixToken({
    id: 'harness_api_key',
    source: 'Harness: API keys',
    formats: ['pat.{url 22}.{alnum 24}.{alnum 20}', 'sat.{url 22}.{alnum 24}.{alnum 20}'],
  }),
  infixToken({
    id: 'hashicorp_tf_api_token',
    source: 'HashiCorp: Terraform API tokens',
    formats: ['{alnum 14}.atlasv1.{urleq 60-70}'],
    anchors: { words: ['atlasv1.'] },
    leads: [15],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'vault_service_token',
    source: vault,
    formats: ['hvs.{url 90-}', 'hvs.{alnum 24}'],
    weight: 0.9,
    minEntropy: 3,
  }),
  prefixToken({ id: 'vault_batch_token', source: vault, formats: ['hvb.{url 138-}'] }),
  prefixToken({
    id: 'vault_legacy_token',
    source: vault,
    formats: ['s.{alnum 24}'],
    strict: true,
    minEntropy: 3.8,
    check: (token) =>
      /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token.slice(2))
        ? { validator: 'mixed characters', base: 0.75 }
        : undefined,
  }),
  prefixToken({
    id: 'infracost_api_token',
    source: 'Infracost: API keys',
    formats: ['ico-{alnum 32}'],
    minEntropy: 3.2,
    strict: true,
  }),
  keyedToken({
    id: 'launchdarkly_access_token',
    source: 'LaunchDarkly: API access tokens, SDK keys',
    keywords: ['launchdarkly', 'ld_sdk', 'ld_api', 'ld_access'],
    formats: ['{urleq 40}', 'api-{uuid}', 'sdk-{uuid}'],
  }),
  prefixToken({
    id: 'octopus_deploy_api_key',
    source: 'Octopus Deploy: API keys',
    formats: ['API-{upnum 26}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'pulumi_api_token',
    source: 'Pulumi: Access tokens',
    formats: ['pul-{hex 40}'],
    strict: true,
  }),
];
