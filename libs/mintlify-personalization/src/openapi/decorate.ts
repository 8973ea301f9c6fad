/** @internal Applies decorators to a method from outside its class, in their order: parameters are listed in it. */
export function decorateMethod(
  prototype: object,
  method: string,
  decorators: readonly MethodDecorator[],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor === undefined) throw new TypeError(`There is no method ${method} to describe.`);
  for (const decorate of decorators) decorate(prototype, method, descriptor);
}

/** @internal The same for the fields of a class. */
export function decorateFields(prototype: object, fields: Readonly<Record<string, PropertyDecorator>>): void {
  for (const [field, decorate] of Object.entries(fields)) decorate(prototype, field);
}
