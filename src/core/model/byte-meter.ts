/** So many bytes come between two steps. */
const STEP_BYTES = 8 * 1024 * 1024;

/** Counts bytes that come into memory, and calls `onStep` now and then: what they leave behind is garbage. */
export class ByteMeter {
  onStep: () => void = () => undefined;
  #sinceStepBytes = 0;

  add(bytes: number): void {
    this.#sinceStepBytes += bytes;
    if (this.#sinceStepBytes < STEP_BYTES) return;
    this.#sinceStepBytes = 0;
    this.onStep();
  }
}
