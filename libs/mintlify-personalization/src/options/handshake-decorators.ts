import { invalidOptionError } from './invalid-option-error.js';
import { readList } from './option-reader.js';
import type { OptionRule } from './option-table.js';

/**
 * The class decorators of a handshake's controller. They are called when the controller is created.
 *
 * @internal
 */
export const DECORATORS_OPTION: OptionRule<readonly ClassDecorator[], unknown> = Object.freeze({
  defaultValue: [],
  check: (option: string, value: unknown): readonly ClassDecorator[] => {
    const decorators = readList(option, value);
    const fix = 'Use a list such as [Public()].';
    if (decorators === undefined) throw invalidOptionError(option, 'must be a list of class decorators', fix);
    const wrong = decorators.findIndex((each) => typeof each !== 'function');
    if (wrong === -1) return decorators as ClassDecorator[];
    throw invalidOptionError(`${option}[${wrong}]`, 'is not a class decorator', fix);
  },
});
