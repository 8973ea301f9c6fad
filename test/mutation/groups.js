const SOURCE = 'libs/mintlify-personalization/src';

/**
 * The files that are mutated together and the specs that cover them, fastest first, since a mutant is killed by the first
 * failure. Slow specs, about memory or many tenants, are left out.
 */
export const GROUPS = {
  redirect: {
    mutate: [`${SOURCE}/redirect/**/*.ts`, `${SOURCE}/mintlify/redirect-url.ts`],
    specs: [
      'redirect/redirect-target',
      'redirect/ambiguous-path',
      'redirect/callback-page',
      'mintlify/redirect-url',
      'mintlify/private-docs-url',
      'redirect/plain-redirect.property',
      'redirect/path-readings.property',
    ],
  },
  'docs-cors': {
    mutate: [`${SOURCE}/http/docs-cors.ts`],
    specs: ['http/docs-cors'],
  },
  user: {
    mutate: [`${SOURCE}/user/**/*.ts`],
    specs: [
      'user/json-path',
      'user/valid-mintlify-user',
      'user/mintlify-user.rules',
      'user/json-values',
      'user/mintlify-user.limits',
      'user/text-rules',
      'user/mintlify-user.dto',
      'user/mintlify-user.property',
    ],
  },
  tenancy: {
    mutate: [`${SOURCE}/tenancy/**/*.ts`],
    specs: [
      'tenancy/call-limit',
      'tenancy/tenant-calls',
      'tenancy/tenant-cache',
      'tenancy/docs-origin.registry',
      'tenancy/key-rotation-detector',
      'tenancy/tenant.lookup',
      'tenancy/tenant.registry',
      'tenancy/tenant.age',
      'tenancy/tenant.invalidate',
      'tenancy/tenant.site',
      'tenancy/tenant.missing-resolver',
      'tenancy/tenant.missing-knows-origin',
      'tenancy/tenant.source',
      'tenancy/tenant.resolver',
      'claims/claim-mapper-for',
    ],
  },
  signing: {
    mutate: [`${SOURCE}/signing/**/*.ts`, `${SOURCE}/mintlify/token-claims.ts`],
    specs: [
      'mintlify/token-claims',
      'signing/signing-keys-checker',
      'signing/audit-events',
      'signing/signing-messages',
      'signing/create-redirect-url',
      'signing/mintlify-signing.service',
      'signing/private-docs',
      'signing/tenant-signing',
      'keys/token-signer',
    ],
  },
};

/** The group of this process, set by `run.js`. */
export const GROUP_NAME = process.env.MUTATION_GROUP ?? 'redirect';
export const GROUP = GROUPS[GROUP_NAME];
