import { describe, expect, it } from '@jest/globals';
import { classify, Outcomes } from '../../../bench/soak/outcomes.js';
import { requestOf, type SoakVisitor } from '../../../bench/soak/visitors.js';

const VISITOR: SoakVisitor = {
  name: 'Ada',
  cookie: 'session=1',
  docs: { origin: 'https://docs.foo.com', mode: 'personalization', publicKey: '' },
};
const LOGIN = requestOf(1, [VISITOR]);
const USER_INFO = requestOf(0, [VISITOR]);

function answer(status: number, headers: Record<string, string> = {}): Parameters<typeof classify>[1] {
  return { status, headers, body: '' };
}

describe('an outcome', () => {
  it('is a redirect, a user, or a visitor who is told when to come again', () => {
    expect(classify(LOGIN, answer(302))).toEqual({ kind: 'redirect' });
    expect(classify(USER_INFO, answer(200))).toEqual({ kind: 'user' });
    expect(classify(LOGIN, answer(503, { 'retry-after': '2' }))).toEqual({ kind: 'turned away' });
  });

  it.each([
    [LOGIN, answer(200), 'login answered 200'],
    [USER_INFO, answer(302), 'user-info answered 302'],
    [LOGIN, answer(500), 'login answered 500'],
    [LOGIN, answer(503), 'login answered 503 without Retry-After'],
    [LOGIN, answer(503, { 'retry-after': 'soon' }), 'login answered 503 without Retry-After'],
    [LOGIN, { failure: 'ECONNRESET' }, 'ECONNRESET'],
  ])('is an error otherwise (%#)', (request, outcome, error) => {
    expect(classify(request, outcome)).toEqual({ error });
  });
});

describe('the outcomes of a while', () => {
  it('are counted by their kind', () => {
    const outcomes = new Outcomes();
    outcomes.add({ kind: 'redirect' }, 1);
    outcomes.add({ kind: 'redirect' }, 1);
    outcomes.add({ kind: 'user' }, 1);
    outcomes.add({ error: 'ECONNRESET' }, 1);
    outcomes.add({ error: 'ECONNRESET' }, 1);
    expect(outcomes.counts).toEqual({ redirect: 2, user: 1, 'turned away': 0 });
    expect(outcomes.errors).toEqual({ ECONNRESET: 2 });
  });

  it('have the latencies below which so many in a hundred are', () => {
    const outcomes = new Outcomes();
    for (let latencyMs = 1; latencyMs <= 100; latencyMs += 1) outcomes.add({ kind: 'redirect' }, latencyMs);
    const { p50, p95, p99, max } = outcomes.latency;
    expect([p50, p95, p99, max].map(Math.round)).toEqual([50, 95, 99, 100]);
  });

  it('do not count who was turned away at once as fast', () => {
    const outcomes = new Outcomes();
    outcomes.add({ kind: 'redirect' }, 100);
    for (let count = 0; count < 1_000; count += 1) outcomes.add({ kind: 'turned away' }, 1);
    expect(Math.round(outcomes.latency.p50)).toBe(100);
  });

  it('have no latency where nothing was answered', () => {
    expect(new Outcomes().latency).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });
});
