import { launchSameInChromium } from '../support/real-browsers.support.js';
import { describeConsole } from './console.contract.js';

describeConsole('Chromium', launchSameInChromium);
