/** One step of a read: `.name`, `?.name` or `['name']`. */
export interface UserStep {
  name: string;
  /** Whether it may be read of nothing: `?.`, or a check before it. */
  isOptional: boolean;
  /** Starts at 1. */
  line: number;
}

/** A read of the visitor in a page: `user.org?.plan`. */
export interface UserRead {
  steps: UserStep[];
  /** Whether the page has something else to show if there is no value: `??`, `||`, `&&`, a condition, a comparison. */
  hasFallback: boolean;
}
