import { NewPasswordField } from '../user/user-fields.dto.js';

export class UserPasswordDto {
  @NewPasswordField({ description: 'For the next sign-in, at which the user must change it' })
  password!: string;
}
