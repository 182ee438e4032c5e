/** A process of its own for one memory attack: `node memory-attack-program.ts <name> <port> <milliseconds>`. */
import { attackMemory, MEMORY_ATTACKS } from "./memory-attacks.ts";

const [name, port, durationMs] = process.argv.slice(2);
const attack = MEMORY_ATTACKS.find((known) => known.name === name);
if (!attack) throw new Error(`no attack is called ${name}`);
await attackMemory(attack, Number(port), Number(durationMs));
process.exit(0);
