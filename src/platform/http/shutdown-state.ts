/** Whether this process is about to stop: it still answers, but wants no more requests. */
export class ShutdownState {
  private hasBegun = false;

  get isUnderWay(): boolean {
    return this.hasBegun;
  }

  begin(): void {
    this.hasBegun = true;
  }
}
