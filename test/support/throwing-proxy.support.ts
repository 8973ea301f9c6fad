/** A proxy that throws an error with a secret in it when it is read in one way. */
export function throwingProxy(target: object, trap: keyof ProxyHandler<object>, secret: string): object {
  return new Proxy(target, {
    [trap]: () => {
      throw new Error(secret);
    },
  });
}
