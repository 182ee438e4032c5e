#!/usr/bin/env node
// Old syntax only: this file must still be read by the Node versions that it turns away.
// Nothing native may load before the check, because better-sqlite3 crashes without a word under an old Node.
import fs from "fs";
import module from "module";
import path from "path";

var OLDEST_MAJOR = 22;
var OLDEST_MINOR = 19;
var EXIT_ENVIRONMENT = 4;

var version = process.versions.node.split(".").map(Number);

if (version[0] < OLDEST_MAJOR || (version[0] === OLDEST_MAJOR && version[1] < OLDEST_MINOR)) {
  process.stderr.write(
    "hookcli needs Node.js >= 22.19, and this is v" +
      process.versions.node +
      ': get it with "npm install -g node@24" or from https://nodejs.org\n',
  );
  process.exitCode = EXIT_ENVIRONMENT;
} else {
  keepCompiled();
  import("../dist/main.js");
}

/**
 * Starts are quicker with compiled code that an earlier one has kept. Node keeps it in the folder for temporary files, where
 * somebody else can put something that would be run as if it were hookcli: here it lies in a folder of the user's own, or nowhere.
 */
function keepCompiled() {
  if (process.platform === "win32" || process.env.NODE_COMPILE_CACHE) {
    module.enableCompileCache();
    return;
  }
  var base = process.env.XDG_CACHE_HOME || (process.env.HOME && path.join(process.env.HOME, ".cache"));
  if (!base || !path.isAbsolute(base)) return;
  try {
    var folder = path.join(base, "hookcli");
    fs.mkdirSync(folder, { recursive: true, mode: 448 });
    var found = fs.lstatSync(folder);
    var isOpen = (found.mode & 18) !== 0;
    if (found.isDirectory() && found.uid === process.geteuid() && !isOpen) module.enableCompileCache(folder);
  } catch {
    // A home that cannot be written, or is not there.
  }
}
