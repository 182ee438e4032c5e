import { checkOwnFile } from "../../files/own-file.ts";
import { checkOwnFolder } from "../../files/own-folder.ts";
import { openFailure } from "../../sqlite/failure.ts";

/**
 * Looks at what stands beside a database in the place of the ballast and the body folder, before anything is opened: what is
 * not ours is neither written nor emptied.
 * @throws FILE_REFUSED, STORE_UNREADABLE
 */
export function checkBeside(path: string): void {
  try {
    checkOwnFile(`${path}-ballast`);
    checkOwnFolder(`${path}-bodies`);
  } catch (error) {
    throw openFailure(error, path, 0);
  }
}
