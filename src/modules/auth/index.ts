export { AuthModule } from './auth.module.js';
export { AUTH_ERRORS } from './errors.js';
