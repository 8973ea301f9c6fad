import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../../bench/soak/arguments.js';

describe('the arguments of the soak', () => {
  it('are a minute of a thousand logins a second on Express, where none are given', () => {
    expect(readArguments([])).toEqual({ seconds: 60, rate: 1_000, platform: 'express', isJson: false });
  });

  it('say for how long, how fast, on what and in which form', () => {
    expect(readArguments(['--seconds', '1800', '--rate', '250', '--platform', 'fastify', '--json'])).toEqual({
      seconds: 1_800,
      rate: 250,
      platform: 'fastify',
      isJson: true,
    });
  });

  it('take a number of logins for the seconds that they last', () => {
    expect(readArguments(['--requests', '1000000', '--rate', '2000'])).toMatchObject({ seconds: 500 });
  });

  it.each([
    [['--seconds', '0'], '--seconds must be a whole number from 1 to 86400.'],
    [['--seconds', '1.5'], '--seconds must be'],
    [['--seconds', '1e9'], '--seconds must be'],
    [['--rate', 'fast'], '--rate must be a whole number from 1 to 100000.'],
    [['--rate', '100001'], '--rate must be'],
    [['--requests', '0'], '--requests must be'],
    [['--requests', '10', '--seconds', '10'], 'exclude each other'],
    [['--platform', 'koa'], '--platform must be express or fastify.'],
    [['--forever'], '--forever'],
    [['60'], '60'],
  ])('are refused, by name: %j', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });
});
