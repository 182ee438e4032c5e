declare const __VERSION__: string;

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // The one answer that needs nothing else to be loaded.
  process.stdout.write(`${__VERSION__}\n`);
} else {
  const { runInProcess } = await import("./process.ts");
  await runInProcess(args, __VERSION__);
}
