/** Where a service can run. */
export const REGIONS = ['eu', 'us', 'ap'] as const;

/** One of {@link REGIONS}. */
export type Region = (typeof REGIONS)[number];

/** How many services a tenant may have. */
export const MAX_SERVICES = 100;

/** Something that a tenant runs on Acme Cloud, as the API shows it. */
export interface Service {
  /** Such as `svc_acme_storefront`. */
  id: string;
  name: string;
  region: Region;
  status: 'running' | 'stopped';
}
