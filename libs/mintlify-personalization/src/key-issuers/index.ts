export {
  ClientCredentialsKeyIssuer,
  type ClientCredentialsOptions,
} from './client-credentials-key-issuer.js';
export { RedisKeyStore, type RedisKeyClient, type RedisKeyStoreOptions } from './redis-key-store.js';
export { TokenExchangeKeyIssuer, type TokenExchangeOptions } from './token-exchange-key-issuer.js';
export type { TokenEndpointOptions, TokenField } from './token-endpoint.js';
