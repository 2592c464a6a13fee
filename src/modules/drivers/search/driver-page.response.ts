import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { DriverResponse } from '../driver/driver.response.js';

export const DriverPage = pageOf(DriverResponse, 'DriverPage');
