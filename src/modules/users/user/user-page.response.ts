import { pageOf } from '../../../platform/http/page.response.js';
import { UserResponse } from './user.response.js';

export const UserPage = pageOf(UserResponse, 'UserPage');
