import { EventEmitter } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import type { Provider } from 'oidc-provider';
import { respondWhileRedisIsUnavailable } from '../../../src/oauth/redis-unavailable.js';

describe('the OAuth server, when a command of Redis fails', () => {
  it.each([
    ['after too many retries', Object.assign(new Error('x'), { name: 'MaxRetriesPerRequestError' }), 503],
    ['since no one listens', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 503],
    ['after it was closed', new Error('Connection is closed.'), 503],
    ['while the next attempt is still far', new Error('Command timed out'), 503],
    ['for another reason', new Error('WRONGTYPE'), 500],
  ])('%s, answers as designed', (_, error, status) => {
    const server = new EventEmitter();
    respondWhileRedisIsUnavailable(server as Provider);
    const context = { status: 500, set: jest.fn() };
    server.emit('server_error', context, error);
    expect(context.status).toBe(status);
    expect(context.set).toHaveBeenCalledTimes(status === 503 ? 1 : 0);
  });
});
