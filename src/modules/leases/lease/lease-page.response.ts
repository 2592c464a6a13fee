import { pageOf } from '../../../platform/http/page.response.js';
import { LeaseResponse } from './lease.response.js';

export const LeasePage = pageOf(LeaseResponse, 'LeasePage');
