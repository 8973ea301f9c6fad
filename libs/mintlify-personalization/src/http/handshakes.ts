import type { HandshakeDefinition } from './handshake.definition.js';
import { LOGIN } from './login/login.handshake.js';
import { OAUTH, SHARED_SESSION } from './user-info/user-info.handshake.js';

/** @internal All handshakes. */
export const HANDSHAKES: readonly HandshakeDefinition[] = [LOGIN, SHARED_SESSION, OAUTH];
