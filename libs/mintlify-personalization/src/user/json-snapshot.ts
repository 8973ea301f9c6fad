import type { UserViolation } from '../errors.js';
import { formatJsonPath, type JsonPathSegment } from './json-path.js';
import { refuseLoneSurrogates, type TextRule } from './text-rules.js';

/** @internal The limits of one {@link JsonSnapshot}. */
export interface JsonSnapshotLimits {
  readonly maxDepth: number;
  readonly maxValues: number;
  readonly maxJsonBytes: number;
}

const MAX_VIOLATIONS = 20;

/**
 * Copies values into plain frozen JSON data. Records the path of each value that JSON would change or lose, and of each
 * string with a lone surrogate.
 *
 * Use one snapshot per user: the limits apply to all its `read` calls. Every property is read once, so that the checked
 * value is the one that is sent.
 *
 * @internal
 */
export class JsonSnapshot {
  /** The violations found so far, at most 20. */
  readonly violations: UserViolation[] = [];
  /** UTF-16 code units of all strings and names: a lower bound of the size as JSON. */
  characters = 0;
  /** Values read so far. */
  values = 0;
  readonly #limits: JsonSnapshotLimits;
  readonly #path: JsonPathSegment[] = [];
  readonly #ancestors: object[] = [];
  #rule: TextRule | undefined;

  constructor(limits: JsonSnapshotLimits) {
    this.#limits = limits;
  }

  /** Starts with the root object of all paths, which is level 1 of the depth. */
  open(root: object): void {
    this.values += 1;
    this.#ancestors.push(root);
  }

  /** Copies the value of a property at the current path. */
  read(name: string, value: unknown, rule?: TextRule): unknown {
    this.#rule = rule;
    this.#path.push(name);
    const copy = this.#copy(value);
    // Not in a `finally`, here and below: if a getter throws, the path must still say where.
    this.#path.pop();
    return copy;
  }

  /** Enters a property whose own properties are read one by one; ends with `leave()`. */
  enter(name: string, value: object): void {
    this.values += 1;
    this.#ancestors.push(value);
    this.#path.push(name);
  }

  /** Leaves the property that was entered last. */
  leave(): void {
    this.#path.pop();
    this.#ancestors.pop();
  }

  /** Records a violation at the current path, or at a path below it. */
  refuse(message: string, ...below: JsonPathSegment[]): undefined {
    if (this.violations.length < MAX_VIOLATIONS) {
      this.violations.push({ path: formatJsonPath([...this.#path, ...below]), message });
    }
    return undefined;
  }

  /** Records that there are more values than `maxValues`. */
  refuseExcess(): undefined {
    return this.refuse(
      `makes the user exceed ${this.#limits.maxValues} values. Send only what the pages use.`,
    );
  }

  /** Records properties whose names are symbols. */
  refuseSymbols(object: object): void {
    if (Object.getOwnPropertySymbols(object).length > 0) {
      this.refuse('has a symbol as a property name, which JSON would lose. Use a string.');
    }
  }

  #copy(value: unknown): unknown {
    this.values += 1;
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'boolean':
        return value;
      case 'number':
        return this.#number(value);
      case 'object':
        return value === null ? null : this.#container(value);
      case 'undefined':
        return this.refuse('is undefined, which JSON cannot hold. Use null or leave it out.');
      case 'bigint':
        return this.refuse('is a BigInt, which JSON cannot hold. Convert it with String() or Number().');
      case 'function':
        return this.refuse('is a function, which JSON would lose. Send its result.');
      case 'symbol':
      default:
        return this.refuse('is a symbol, which JSON would lose. Send its description.');
    }
  }

  #text(text: string): string {
    this.characters += text.length;
    // Each takes at least a byte, so this user is rejected anyway: do not search megabytes for credentials.
    const isTooLong = this.characters > this.#limits.maxJsonBytes;
    const wrong = isTooLong ? undefined : this.#findWrong(text);
    if (wrong !== undefined) this.refuse(wrong);
    return text;
  }

  #findWrong(text: string): string | undefined {
    return refuseLoneSurrogates(text) ?? this.#rule?.(text);
  }

  #number(number: number): number {
    if (!Number.isFinite(number))
      this.refuse('is NaN or infinite, which JSON turns into null. Leave it out.');
    else if (Object.is(number, -0)) this.refuse('is -0, which JSON turns into 0. Send 0.');
    return number;
  }

  #container(value: object): unknown {
    if (this.#ancestors.includes(value)) {
      return this.refuse('refers back to an object that holds it (a cycle). Send an id instead.');
    }
    // The user itself is level 1, so a container below n ancestors is at level n + 1.
    if (this.#ancestors.length >= this.#limits.maxDepth) {
      return this.refuse(`is nested deeper than ${this.#limits.maxDepth} levels. Flatten it.`);
    }
    this.#ancestors.push(value);
    const copy = Array.isArray(value) ? this.#array(value) : this.#object(value);
    this.#ancestors.pop();
    return copy;
  }

  #array(array: readonly unknown[]): readonly unknown[] | undefined {
    if (this.values + array.length > this.#limits.maxValues) return this.refuseExcess();
    if (Object.keys(array).length > array.length) {
      return this.refuse('is an array with named properties, which JSON would lose. Use an object.');
    }
    this.refuseSymbols(array);
    const copy: unknown[] = [];
    for (let index = 0; index < array.length; index += 1) {
      this.#path.push(index);
      copy.push(this.#copy(array[index]));
      this.#path.pop();
    }
    return Object.freeze(copy);
  }

  #object(object: object): object | undefined {
    const kind = unsupportedKind(object);
    if (kind !== undefined)
      return this.refuse(`is ${kind}, which JSON would change or lose. Send plain data.`);
    const names = Object.keys(object);
    if (this.values + names.length > this.#limits.maxValues) return this.refuseExcess();
    this.refuseSymbols(object);
    const copy: Record<string, unknown> = {};
    for (const name of names) this.#property(object as Record<string, unknown>, name, copy);
    return Object.freeze(copy);
  }

  #property(from: Record<string, unknown>, name: string, to: Record<string, unknown>): void {
    const value = from[name];
    if (value === undefined) return; // the same as absent, in JSON and on the page
    if (name === '__proto__') {
      this.refuse('is a property name that can change other objects when it is copied. Rename it.', name);
      return;
    }
    this.characters += name.length;
    const isTooLong = this.characters > this.#limits.maxJsonBytes;
    const wrong = isTooLong ? undefined : this.#findWrong(name);
    if (wrong !== undefined) {
      // The path of the object only: the name itself may be a secret, and paths are logged.
      this.refuse(`has a property name that ${wrong}`);
      return;
    }
    this.#path.push(name);
    to[name] = this.#copy(value);
    this.#path.pop();
  }
}

/** Describes an object that is not plain; `undefined` for a plain one. */
function unsupportedKind(object: object): string | undefined {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === Object.prototype) return undefined;
  // A prototype that has no prototype is the `Object.prototype` of another realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  const constructor: unknown = prototype.constructor;
  const name = typeof constructor === 'function' ? constructor.name : '';
  return /^[A-Za-z_$][\w$]{0,63}$/.test(name) ? `an instance of ${name}` : 'an instance of a class';
}
