import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ConcurrencyLimit } from '../../../../libs/mintlify-personalization/src/http/concurrency-limit.js';
import type { OriginPolicy } from '../../../../libs/mintlify-personalization/src/http/cors/origin-policy.js';
import type { HandshakeAudit } from '../../../../libs/mintlify-personalization/src/http/handshake-audit.js';
import type { HandshakeExchange } from '../../../../libs/mintlify-personalization/src/http/handshake-exchange.js';
import { HandshakeExchanges } from '../../../../libs/mintlify-personalization/src/http/handshake-exchanges.js';
import type { HandshakeRequest } from '../../../../libs/mintlify-personalization/src/http/handshake-request.js';
import { LOGIN } from '../../../../libs/mintlify-personalization/src/http/login/login.handshake.js';

function start() {
  const recorded: [HandshakeExchange, boolean][] = [];
  const audit = {
    record: (exchange: HandshakeExchange, isDelivered: boolean) => recorded.push([exchange, isDelivered]),
  };
  const limit = new ConcurrencyLimit(10, 10);
  const exchanges = new HandshakeExchanges(
    audit as unknown as HandshakeAudit,
    limit,
    { applyHeaders: () => undefined } as unknown as OriginPolicy,
    { now: () => 0 },
  );
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  const response = new ServerResponse(request);
  const open = (): HandshakeExchange => {
    const exchange = exchanges.open(LOGIN, request as unknown as HandshakeRequest, response);
    if (!exchange.hasPlace && !exchange.isEnded) exchange.hasPlace = limit.enter();
    return exchange;
  };
  return { recorded, limit, response, open };
}

describe('a handshake', () => {
  it.each([
    ['finish alone, as some serverless adapters emit', ['finish'], true],
    ['finish and close', ['finish', 'close'], true],
    ['close alone: the visitor left', ['close'], false],
    ['close, and finish after all', ['close', 'finish', 'close'], false],
  ])('ends once at %s', (_, events, isDelivered) => {
    const { recorded, limit, response, open } = start();
    open();
    expect(limit.taken.inAll).toBe(1);
    for (const event of events) EventEmitter.prototype.emit.call(response, event);
    expect(recorded.map(([, delivered]) => delivered)).toEqual([isDelivered]);
    expect(limit.taken.inAll).toBe(0);
  });

  it('ends at once where the visitor left before it began', () => {
    const { recorded, limit, response, open } = start();
    response.destroy();
    const exchange = open();
    expect([exchange.isEnded, recorded.map(([, delivered]) => delivered)]).toEqual([true, [false]]);
    EventEmitter.prototype.emit.call(response, 'close');
    expect([recorded.length, limit.taken.inAll]).toEqual([1, 0]);
  });

  it('begins once for a request', () => {
    const { open } = start();
    expect(open()).toBe(open());
  });

  it('has the headers of its definition whatever was set before', () => {
    const { response, open } = start();
    open();
    response.setHeader('Cache-Control', 'public, max-age=600');
    response.writeHead(200, { 'Referrer-Policy': 'unsafe-url' });
    expect(response.getHeader('cache-control')).toBe('no-store');
    expect(response.getHeader('referrer-policy')).toBe('no-referrer');
  });

  it('shows nothing of itself where a request is printed', () => {
    const { open } = start();
    expect(inspect({ exchange: open() })).toBe('{ exchange: HandshakeExchange }');
  });
});
