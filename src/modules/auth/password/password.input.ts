export interface ChangePasswordInput {
  readonly current_password: string;
  readonly new_password: string;
}
