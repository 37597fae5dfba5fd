// The door from serverless.yml to infra/stack: a variable of the kind `file` loads CommonJS only.
module.exports = require('./serverless-file.ts').stackOf;
