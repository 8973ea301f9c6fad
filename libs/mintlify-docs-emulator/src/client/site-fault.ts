import type { ChangeSource } from '../shared/page-data-types.js';
import { reloadOnChange } from './live-reload.js';

/** The page that is shown while docs.json cannot be read. */
const changes: ChangeSource = JSON.parse(document.getElementById('changes')?.textContent ?? '{}');
reloadOnChange(changes);
