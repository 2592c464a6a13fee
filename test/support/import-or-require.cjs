/** Stands in for TypeORM's own loader of entity and migration files while Jest runs CommonJS. */
exports.importOrRequireFile = async (file) => [require(file), 'commonjs'];
