#!/usr/bin/env node
// Old syntax only: this file must still be read by the Node versions that it turns away.
// Nothing native may load before the check, because better-sqlite3 crashes without a word under an old Node.
import module from "module";

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
  module.enableCompileCache();
  import("../dist/main.js");
}
