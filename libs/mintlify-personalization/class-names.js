/** Gives a class of the package the name that it has in the sources. `package.build.js` adds the calls. */
export function nameClass(target, name) {
  Object.defineProperty(target, 'name', { value: name, configurable: true });
}
