import { describe, expect, it } from '@jest/globals';
import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import { decorateController } from '../../../../libs/mintlify-personalization/src/http/decorate-controller.js';

const OPTION = 'handshakes.jwt.decorators';
function createController(): Type {
  return class Controller {
    readonly name: string = 'a controller';
  };
}

const Public = () => SetMetadata('isPublic', true);

describe('decorateController', () => {
  it('decorates in the order of TypeScript: the last one first', () => {
    const order: string[] = [];
    const named = (name: string) => (): void => void order.push(name);
    const Controller = createController();
    expect(decorateController(OPTION, [named('upper'), named('lower')], Controller)).toBe(Controller);
    expect(order).toEqual(['lower', 'upper']);
  });

  it('goes on with the class that a decorator returns', () => {
    const Controller = createController();
    const wrap = ((target: Type) => class extends target {}) as ClassDecorator;
    const decorated = decorateController(OPTION, [Public(), wrap], Controller);
    expect(Object.getPrototypeOf(decorated)).toBe(Controller);
    expect(Reflect.getOwnMetadata('isPublic', decorated)).toBe(true);
    expect(Reflect.hasMetadata('isPublic', Controller)).toBe(false);
  });

  it.each<[string, unknown, string]>([
    ['Public, without its call', Public, 'call it: Public(), not Public'],
    ['SkipThrottle, without its call', SkipThrottle, 'call it'],
    ['Throttle, without its call', Throttle, 'call it'],
    ['applyDecorators, without its call', applyDecorators, 'call it'],
    ['a function that returns a text', () => 'text', 'is not a class decorator'],
    ['a function that returns null', () => null, 'is not a class decorator'],
    ['a decorator that returns another class', () => createController(), 'is not a class decorator'],
    ['a class', createController(), 'it threw TypeError'],
    [
      'a method decorator',
      (...[, , { value }]: [unknown, unknown, { value: unknown }]) => value,
      'it threw TypeError',
    ],
  ])('rejects %s, and says which one', (_, decorator, message) => {
    const Controller = createController();
    const decorators = [Public(), decorator as ClassDecorator];
    const prefix = `^handshakes\\.jwt\\.decorators\\[1\\] `;
    let error: unknown;
    try {
      decorateController(OPTION, decorators, Controller);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringMatching(prefix) });
    expect((error as Error).message).toContain(message);
  });
});
