-- Dates, times, time zones and intervals, computed and formatted.
CREATE TABLE event (id int, at timestamptz, day date, length interval);
INSERT INTO event SELECT i, timestamptz '1970-01-01 00:00+00' + i * interval '19 hours 7.123456 seconds',
    date '1900-02-28' + i * 13, i % 50 * interval '1 month -3 days 4 hours 0.25 seconds'
    FROM generate_series(1, 3000) i;
SET TimeZone = 'Europe/Berlin';
SELECT md5(string_agg(at::text || day::text || length::text, '' ORDER BY id)) FROM event;
SELECT date_trunc('quarter', at), count(*), min(at), sum(length) FROM event
    WHERE id % 3 = 0 GROUP BY 1 ORDER BY 1 LIMIT 50;
SELECT md5(string_agg(to_char(at, 'Dy DD Mon YYYY HH24:MI:SS.US TZ IYYY-IW-ID J Q'), '' ORDER BY id)),
    md5(string_agg(to_char(length, 'YY-MM-DD HH24:MI:SS.MS'), '' ORDER BY id)) FROM event;
SELECT sum(extract(epoch FROM at)), sum(extract(doy FROM day)), sum(extract(week FROM day)),
    sum(extract(isodow FROM at)), sum(date_part('microseconds', at)), sum(extract(julian FROM day))
    FROM event;
SELECT md5(string_agg((at + length)::text || age(at, day::timestamptz)::text || (day - 400)::text, ''
    ORDER BY id)) FROM event;
SELECT md5(string_agg((at AT TIME ZONE z)::text, '' ORDER BY id, z)) FROM event,
    unnest(array['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC']) z;
SELECT md5(string_agg(to_timestamp(to_char(at, 'YYYY/DDD HH12.MI.SS AM'), 'YYYY/DDD HH12.MI.SS AM')::text,
    '' ORDER BY id)) FROM event;
SELECT md5(string_agg((day::text || ' 1:2:3.5+0' || id % 9)::timestamptz::text, '' ORDER BY id)),
    md5(string_agg(justify_interval(length * 1.7)::text, '' ORDER BY id)),
    md5(string_agg(make_interval(secs => id * 1001.5, months => id % 30)::text, '' ORDER BY id))
    FROM event;
SELECT date_bin('11 minutes 1 second', at, '2001-01-01'), count(*) FROM event
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10;
SELECT count(*), sum(s::date - date '2000-01-01')
    FROM generate_series(timestamptz '2000-01-31', '2040-01-01', '1 month') s;
SELECT id, at, length, day FROM event ORDER BY length DESC, at, id LIMIT 25;
SELECT count(*) FROM event a, event b WHERE a.id % 40 = 1 AND b.id % 40 = 2
    AND (a.at, a.length) OVERLAPS (b.at, b.length);
