import { LRUCache } from 'lru-cache';
import type { AllowedPreview, PreviewStore } from '../ports/preview-store.js';

const MAX_PREVIEWS = 1_000;

/**
 * Keeps the previews of one process. The one that was asked for longest ago is forgotten first.
 *
 * @internal
 */
export class MemoryPreviewStore implements PreviewStore {
  readonly #previews = new LRUCache<string, AllowedPreview>({ max: MAX_PREVIEWS });

  write(preview: AllowedPreview): void {
    this.#previews.set(preview.origin, preview);
  }

  read(origin: string): AllowedPreview | undefined {
    return this.#previews.get(origin);
  }
}
