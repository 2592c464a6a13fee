import { pageOf } from '../../../platform/http/page.response.js';
import { DriverResponse } from './driver.response.js';

export const DriverPage = pageOf(DriverResponse, 'DriverPage');
