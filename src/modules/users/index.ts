export { UsersModule } from './users.module.js';
export { permissionsOf, ROLES } from './domain/role.js';
export type { Role } from './domain/role.js';
export { PASSWORD_MAX_LENGTH } from './domain/password-policy.js';
export { PasswordResetService } from './password-reset.service.js';
export { PasswordHasher } from './password-hasher.js';
export { UserDirectory } from './user-directory.js';
export { UserRegistrationService } from './user-registration.service.js';
