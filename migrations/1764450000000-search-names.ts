import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apostrophes, which people type in one of these ways or leave out. */
const APOSTROPHES = String.raw`''’‘ʼʻ´${'`'}′`;

/** Accents over Latin, Greek and Cyrillic letters, and the vowel signs of Hebrew and Arabic. */
const ACCENTS = String.raw`[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670]+`;

const SEPARATORS = String.raw`[\s,;.:/@()#\u2010-\u2015-]+`;

/** Longer words are cut: PostgreSQL takes 2,046 bytes a word, and one letter can stand for 18. */
const LONGEST_WORD = 200;

/** A text in lower case, without accents and apostrophes. Letters that Unicode does not decompose are replaced by name. */
const plain = (text: string): string => `
    translate(replace(replace(replace(replace(
      regexp_replace(normalize(lower(translate(${text}, '${APOSTROPHES}', '') COLLATE "und-x-icu"), NFKD), '${ACCENTS}', '', 'g'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øłđðħıς', 'olddhiσ')`;

/**
 * Drivers and users are found by any part of each word that is typed, in any order, and by the beginning of a code. Both
 * functions name nothing but what PostgreSQL brings along, so they need no extension, and a dump restores them.
 */
export class SearchNames1764450000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // a prefix of an end of a word is any part of it, and a GIN index finds prefixes
    await db.query(`
      CREATE FUNCTION search_terms(names text, code text) RETURNS tsvector
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_to_tsvector(array_agg(term)) FROM (
          SELECT substr(word, start) AS term
          FROM regexp_split_to_table(${plain('names')}, '${SEPARATORS}') AS whole,
               left(whole, ${LONGEST_WORD}) AS word, generate_series(1, length(word)) AS start
          UNION ALL
          SELECT left(regexp_replace(${plain('code')}, '${SEPARATORS}', '', 'g'), ${LONGEST_WORD})) AS terms
        WHERE term <> ''
      $$`);
    await db.query(`
      CREATE FUNCTION search_query(typed text) RETURNS tsquery
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT (string_agg(format('''%s'':*', word), ' & ')
          || format(' | ''%s'':* | ''%s'':*', min(code), regexp_replace(min(code), '^tlc(?=[0-9])', '')))::tsquery
        FROM (SELECT replace(${plain('typed')}, '\\', '\\\\')) AS input (plain),
             left(regexp_replace(plain, '${SEPARATORS}', '', 'g'), ${LONGEST_WORD}) AS code,
             regexp_split_to_table(plain, '${SEPARATORS}') AS whole,
             left(whole, ${LONGEST_WORD}) AS word
        WHERE word <> ''
      $$`);
    await db.query(`
      ALTER TABLE drivers ADD COLUMN search_terms tsvector
        GENERATED ALWAYS AS (search_terms(first_name || ' ' || last_name, tlc_license_number)) STORED`);
    // drivers are searched more often than written, so no list of pending entries is read by each search
    await db.query(`
      CREATE INDEX idx_drivers_search_terms ON drivers USING gin (search_terms) WITH (fastupdate = off)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE drivers DROP COLUMN search_terms');
    await db.query('DROP FUNCTION search_terms, search_query');
  }
}
