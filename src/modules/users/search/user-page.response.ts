import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { UserResponse } from '../user/user.response.js';

export const UserPage = pageOf(UserResponse, 'UserPage');
