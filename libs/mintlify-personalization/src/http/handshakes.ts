import type { ResolvedHandshakes } from '../options/handshakes.js';
import { SCALAR_WEBHOOK } from '../scalar/scalar-webhook.js';
import { TOKEN_CLAIMS_WEBHOOK } from '../token-claims/token-claims-webhook.js';
import type { HandshakeDefinition, HandshakeMethod } from './handshake.definition.js';
import { LOGIN } from './login/login.handshake.js';
import { SINGLE_PAGE_LOGIN } from './login/single-page-login.handshake.js';
import { OAUTH, SHARED_SESSION } from './user-info/user-info.handshake.js';
import { VIEW_AS } from './view-as/view-as.handshake.js';
import { createWebhookHandshake } from './webhooks/webhook.handshake.js';

/** @internal All handshakes. */
const HANDSHAKES: readonly HandshakeDefinition[] = [
  LOGIN,
  SINGLE_PAGE_LOGIN,
  SHARED_SESSION,
  OAUTH,
  VIEW_AS,
  createWebhookHandshake('scalar', 'scalar', SCALAR_WEBHOOK),
  createWebhookHandshake('tokenClaims', 'token-claims', TOKEN_CLAIMS_WEBHOOK),
];

/** @internal The handshakes that the options mount. */
export function listMounted(handshakes: ResolvedHandshakes): HandshakeDefinition[] {
  return HANDSHAKES.filter(({ isMounted }) => isMounted(handshakes));
}

/**
 * The methods that are served at the path of a handshake.
 *
 * @internal
 */
export function listMethods(
  { option, method, isMounted }: HandshakeDefinition,
  handshakes: ResolvedHandshakes,
): HandshakeMethod[] {
  // A route of the host app has a path of its own.
  if (!isMounted(handshakes)) return [method];
  return listMounted(handshakes)
    .filter((each) => each.option === option)
    .map((each) => each.method);
}
