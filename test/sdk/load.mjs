/**
 * Loads one of the packages beside this file, wherever it is called from.
 * @param {string} name
 * @returns {Promise<unknown>}
 */
export async function load(name) {
  return import(name);
}
