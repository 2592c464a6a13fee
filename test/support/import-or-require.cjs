/** Replaces TypeORM's loader of entity and migration files, because Jest runs CommonJS. */
exports.importOrRequireFile = async (file) => [require(file), 'commonjs'];
