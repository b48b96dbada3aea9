// The npm packages node-<os>-<cpu> (one prebuilt Node binary each, no install script) publish
// os and cpu as plain strings. pnpm records and honours arrays only, so without this hook the
// binary of every platform would be downloaded.
const list = (value) => (value === undefined || Array.isArray(value) ? value : [value]);

module.exports = {
  hooks: {
    readPackage(pkg) {
      if (/^node-(bin-)?(linux|darwin|win)-/.test(pkg.name)) {
        pkg.os = list(pkg.os);
        pkg.cpu = list(pkg.cpu);
      }
      return pkg;
    },
  },
};
