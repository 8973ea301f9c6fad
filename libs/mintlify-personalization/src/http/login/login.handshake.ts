import { HttpStatus } from '@nestjs/common';
import type { HandshakeDefinition } from '../handshake.definition.js';
import { findNavigationRefusal } from './top-level-navigation.js';

/** @internal The JWT handshake, for public and for private docs (`spec/handshakes.md`, sections 2 and 3). */
export const LOGIN: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  option: 'jwt',
  isMounted: ({ jwt }) => jwt !== false,
  name: 'jwt',
  method: 'GET',
  successStatus: HttpStatus.FOUND,
  events: { succeeded: 'login.succeeded', refused: 'login.refused' },
  ignoredHeader: undefined,
  checkRequest: findNavigationRefusal,
  headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  cors: undefined,
  hasBearerChallenge: false,
  anonymous: 'login-page',
});
