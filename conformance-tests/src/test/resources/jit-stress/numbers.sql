-- Integer, numeric and floating-point arithmetic, with the texts of the results.
SELECT sum(i * i % 1000003), sum((i << (i % 20)) # i), sum(-i / 7), sum(-i % 7), sum(i & 255),
    sum(i::bigint * 4294967311 % 1000000007) FROM generate_series(1, 8000) i;
SELECT sum(abs(i) / 3), sum(i >> 3), sum(~i), sum(gcd(i, 5040)), sum(lcm(i, 12)::bigint)
    FROM generate_series(-8000, 8000) i;
SELECT md5(string_agg(((i * 1234567891::bigint) / 7)::text, ',' ORDER BY i)),
    md5(string_agg(to_hex(i * 2654435761), ',' ORDER BY i)) FROM generate_series(1, 8000) i;
SELECT sum(i / 7.0), sum(i * 1.000001 / 3), avg(i % 97 + 0.125), max(round(i / 13.0, 5)),
    sum(div(i * 1000003.5, 17)), sum(i % 17.25) FROM generate_series(1, 4000) i;
SELECT md5(string_agg((i::numeric ^ 9 / 12345.678)::text, ',' ORDER BY i)),
    md5(string_agg(round(sqrt(i::numeric), 25)::text, ',' ORDER BY i)),
    md5(string_agg(trunc(i * 98765432109876543210.123456789 / 7, i % 9)::text, ',' ORDER BY i))
    FROM generate_series(1, 500) i;
SELECT factorial(150), 2::numeric ^ 300, exp(1.0::numeric), ln(7.5::numeric), log(3, 100.5),
    10::numeric ^ -20, sqrt(2::numeric);
SELECT md5(string_agg((i / 7.0::float8)::text, ',' ORDER BY i)),
    md5(string_agg((i * 1e300::float8 / (abs(i) % 13 + 1))::text, ',' ORDER BY i)),
    md5(string_agg((i * 1e-310::float8)::text, ',' ORDER BY i)),
    md5(string_agg((i::float4 / 3)::text, ',' ORDER BY i)) FROM generate_series(-2000, 2000) i;
SELECT sum(sqrt(i::float8)), sum(floor(i / 3.0::float8)), sum(ceil(-i / 3.0::float8)),
    sum(round(i / 4.0::float8)), sum(trunc(-i / 4.0::float8)) FROM generate_series(1, 8000) i;
SELECT count(*), sum((i / 3.0::float8)::int), sum((i * 1000.7::float8)::bigint),
    sum((i / 7.0::float4)::smallint) FROM generate_series(-3000, 9000) i;
SELECT md5(string_agg(('' || i || '.' || i * 7919 || 'e' || i % 200 - 100)::float8::text, ','
    ORDER BY i)) FROM generate_series(1, 3000) i;
SELECT md5(string_agg(to_char(i * 1234.567, 'FM9G999G999D99S'), ',' ORDER BY i)),
    md5(string_agg(to_char(i, 'FMRN'), ',' ORDER BY i)) FROM generate_series(1, 3000) i;
SELECT 'NaN'::float8 = 'NaN', 'NaN'::float8 > 'Infinity', -'0'::float8, 'Infinity'::float8 * -1;
SELECT (2147483647 + i)::int FROM generate_series(-2, 1) i;
SELECT sum(hashint8(i)::bigint), sum(hashint8extended(i, 42) % 1000003), sum(hashtext(i::text))
    FROM generate_series(1, 8000) i;
SELECT sum(a.i * b.i % (a.i + b.i)) FROM generate_series(1, 120) a(i), generate_series(1, 120) b(i);
SELECT md5(string_agg((i * 10007 % 65536)::bit(16)::text, '' ORDER BY i)),
    bit_count(string_agg(sha256(i::text::bytea), '' ORDER BY i)) FROM generate_series(1, 1500) i;
