import { describeConsole } from '../browser/console.contract.js';
import { launchFirefox } from '../support/real-browsers.support.js';

describeConsole('Firefox', launchFirefox);
