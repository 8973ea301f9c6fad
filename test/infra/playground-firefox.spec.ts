import { describePlayground } from '../browser/playground.contract.js';
import { launchFirefox } from '../support/real-browsers.support.js';

describePlayground('Firefox', launchFirefox);
