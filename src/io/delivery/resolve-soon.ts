import { Addresses, type LookUp } from "./addresses.ts";
import { patientTimeout } from "./patient-timeout.ts";

const SOON_MS = 1000;

/**
 * All addresses of a host; none where there are none, or where the name server does not answer within a second: a start
 * must not wait for it. Never rejects.
 * @param hostname as a URL has it
 */
export async function resolveSoon(hostname: string, lookUp?: LookUp, soonMs = SOON_MS): Promise<readonly string[]> {
  let stop = (): void => undefined;
  const late = new Promise<readonly string[]>((resolve) => (stop = patientTimeout(soonMs, () => resolve([]))));
  try {
    const found = new Addresses(hostname, lookUp).find();
    return await Promise.race([found.then((all) => all.map(({ address }) => address)), late]);
  } catch {
    return [];
  } finally {
    stop();
  }
}
