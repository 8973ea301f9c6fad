import type { HandshakeDefinition } from '../handshake.definition.js';
import { LOGIN } from '../login/login.handshake.js';

/** @internal The JWT handshake on a route of the host app, with `@DocsLogin()`. The options do not mount it. */
export const OWN_LOGIN: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  ...LOGIN,
  isMounted: () => false,
});
