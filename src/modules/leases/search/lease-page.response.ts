import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { LeaseResponse } from '../lease/lease.response.js';

export const LeasePage = pageOf(LeaseResponse, 'LeasePage');
