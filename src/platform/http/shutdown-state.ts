/** Whether this process is shutting down. It still serves requests, but should receive no new ones. */
export class ShutdownState {
  private begun = false;

  get hasBegun(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}
