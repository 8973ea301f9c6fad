import { expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import { HandshakeMiddleware } from '../../../../libs/mintlify-personalization/src/http/handshake.middleware.js';
import {
  resolveHandshakes,
  type HandshakesOptions,
} from '../../../../libs/mintlify-personalization/src/options/handshakes.js';

const none = undefined as never;
const create = (
  adapterHost: Partial<HttpAdapterHost>,
  handshakes: HandshakesOptions = {},
): HandshakeMiddleware =>
  new HandshakeMiddleware(
    adapterHost as HttpAdapterHost,
    none,
    none,
    none,
    none,
    none,
    resolveHandshakes(handshakes),
  );

it('says on NestJS 10, which has no init$, what works and what does not', () => {
  expect(() => create({})).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message:
        'The routes of handshakes need NestJS 11 or 12, and this app has an older version. Upgrade NestJS, or set ' +
        'handshakes to { jwt: false } and use only the services, which work in NestJS 10.',
    }),
  );
});

it('says nothing on NestJS 10 if only the services are used', () => {
  expect(() => create({}, { jwt: false })).not.toThrow();
});

it('says nothing on the installed NestJS', () => {
  expect(() => create(new HttpAdapterHost())).not.toThrow();
});
