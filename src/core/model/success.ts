/** Statuses that say that a request was taken, both ends included. Everything else, redirects too, is a failure. */
export const SUCCESS = [200, 299] as const;

/** 2xx, the one notion of success: of what a target answers and of what a sender is told. */
export function isSuccess(status: number): boolean {
  return status >= SUCCESS[0] && status <= SUCCESS[1];
}
