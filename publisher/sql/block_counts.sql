-- Decayed counts of reports per block of numbers, as publisher/src/risk/counts.rs
-- defines them, for any engine that speaks SQL. Given are
--
--   reports(key BIGINT, day INT, kind INT, count BIGINT)
--     a row a number, day and kind, or several, which are added up
--   decay(day INT, fast BIGINT, slow BIGINT)
--     a row for each day of the window, and the weights of a report of that
--     day. Reports of other days are left out
--
-- A block is all numbers from first_key up to, not including, end_key, which
-- differ in their last `level` digits. Sums are of whole numbers, so they are
-- the same in any order. A number's heat is the sum of its reports. A block's
-- is the sum of the smaller blocks in it, each with its latest day.
--
-- Each level is made from the one below, so each is a table. The last
-- statement gives the result.

CREATE TABLE numbers AS
SELECT
    reports.key AS first_key,
    CAST(SUM(reports.count * decay.fast) AS BIGINT) AS fast,
    CAST(SUM(reports.count * decay.slow) AS BIGINT) AS slow,
    CAST(1 AS BIGINT) AS numbers,
    MAX(reports.day) AS last_day
FROM reports
JOIN decay ON decay.day = reports.day
GROUP BY reports.key;

CREATE TABLE tens AS
SELECT
    numbers.first_key - numbers.first_key % 10 AS first_key,
    CAST(SUM(decay.fast) AS BIGINT) AS fast,
    CAST(SUM(decay.slow) AS BIGINT) AS slow,
    CAST(SUM(numbers.numbers) AS BIGINT) AS numbers,
    MAX(numbers.last_day) AS last_day
FROM numbers
JOIN decay ON decay.day = numbers.last_day
GROUP BY numbers.first_key - numbers.first_key % 10;

CREATE TABLE hundreds AS
SELECT
    tens.first_key - tens.first_key % 100 AS first_key,
    CAST(SUM(decay.fast) AS BIGINT) AS fast,
    CAST(SUM(decay.slow) AS BIGINT) AS slow,
    CAST(SUM(tens.numbers) AS BIGINT) AS numbers,
    MAX(tens.last_day) AS last_day
FROM tens
JOIN decay ON decay.day = tens.last_day
GROUP BY tens.first_key - tens.first_key % 100;

CREATE TABLE thousands AS
SELECT
    hundreds.first_key - hundreds.first_key % 1000 AS first_key,
    CAST(SUM(decay.fast) AS BIGINT) AS fast,
    CAST(SUM(decay.slow) AS BIGINT) AS slow,
    CAST(SUM(hundreds.numbers) AS BIGINT) AS numbers,
    MAX(hundreds.last_day) AS last_day
FROM hundreds
JOIN decay ON decay.day = hundreds.last_day
GROUP BY hundreds.first_key - hundreds.first_key % 1000;

CREATE TABLE ten_thousands AS
SELECT
    thousands.first_key - thousands.first_key % 10000 AS first_key,
    CAST(SUM(decay.fast) AS BIGINT) AS fast,
    CAST(SUM(decay.slow) AS BIGINT) AS slow,
    CAST(SUM(thousands.numbers) AS BIGINT) AS numbers,
    MAX(thousands.last_day) AS last_day
FROM thousands
JOIN decay ON decay.day = thousands.last_day
GROUP BY thousands.first_key - thousands.first_key % 10000;

SELECT CAST(0 AS BIGINT) AS level, first_key, first_key + 1 AS end_key, fast, slow, numbers, last_day FROM numbers
UNION ALL
SELECT CAST(1 AS BIGINT) AS level, first_key, first_key + 10 AS end_key, fast, slow, numbers, last_day FROM tens
UNION ALL
SELECT CAST(2 AS BIGINT) AS level, first_key, first_key + 100 AS end_key, fast, slow, numbers, last_day FROM hundreds
UNION ALL
SELECT CAST(3 AS BIGINT) AS level, first_key, first_key + 1000 AS end_key, fast, slow, numbers, last_day FROM thousands
UNION ALL
SELECT CAST(4 AS BIGINT) AS level, first_key, first_key + 10000 AS end_key, fast, slow, numbers, last_day FROM ten_thousands
ORDER BY end_key, level;
