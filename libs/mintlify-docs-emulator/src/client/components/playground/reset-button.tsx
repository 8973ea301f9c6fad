import { playgroundStore } from '../../playground-store.js';

/** Props of the button. */
export interface ResetButtonProps {
  /** What is reset, for screen readers. */
  name: string;
  keys: readonly string[];
}

/**
 * Forgets what was typed.
 *
 * @example
 * <ResetButton name="X-API-Key" keys={[field.key]} />
 */
export function ResetButton({ name, keys }: ResetButtonProps) {
  return (
    <button
      type="button"
      className="playground-reset"
      aria-label={`Reset ${name}`}
      onClick={() => playgroundStore.reset(keys)}
    >
      Reset
    </button>
  );
}
