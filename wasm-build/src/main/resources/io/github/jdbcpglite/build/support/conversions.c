/*
 * What PostgreSQL's conversion libraries (utf8_and_win.so and its like) call, and what the linker
 * has left out of PGlite's binary or does not export. A side module of WebAssembly of its own, of
 * which each library takes what it misses.
 *
 * The names, the types, the layout of the structures, the numbers of encodings and the errors are
 * PostgreSQL 18's, and the libraries depend on them; the code is ours.
 *
 * Every function converts until the input ends or something stops it. What stops it is reported,
 * which does not return, unless the caller asked for no errors; then the number of bytes that were
 * read is returned. What was converted is ended with a zero byte, in either case.
 *
 * conversions.wasm beside this file is what SupportLibraryTest compiles from it.
 */
#define EXPORT __attribute__((visibility("default")))

typedef unsigned char byte;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;

/* Main module. */
extern bool errstart(int level, const char *domain);
extern int errcode(int state);
extern int errmsg(const char *format, ...);
extern void errfinish(const char *file, int line, const char *function);

enum { ERROR = 21 };

#define STATE(a, b, c, d, e) \
    ((a) - '0' | ((b) - '0') << 6 | ((c) - '0') << 12 | ((d) - '0') << 18 | ((e) - '0') << 24)
#define CHARACTER_NOT_IN_REPERTOIRE STATE('2', '2', '0', '2', '1')
#define UNTRANSLATABLE_CHARACTER STATE('2', '2', 'P', '0', '5')

/* Encodings, in the order of their numbers. */
enum {
    SQL_ASCII, EUC_JP, EUC_CN, EUC_KR, EUC_TW, EUC_JIS_2004, UTF8, MULE_INTERNAL,
    LATIN1, LATIN2, LATIN3, LATIN4, LATIN5, LATIN6, LATIN7, LATIN8, LATIN9, LATIN10,
    WIN1256, WIN1258, WIN866, WIN874, KOI8R, WIN1251, WIN1252,
    ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8,
    WIN1250, WIN1253, WIN1254, WIN1255, WIN1257, KOI8U,
    SJIS, BIG5, GBK, UHC, GB18030, JOHAB, SHIFT_JIS_2004, ENCODINGS
};

static const char names[ENCODINGS][16] = {
    "SQL_ASCII", "EUC_JP", "EUC_CN", "EUC_KR", "EUC_TW", "EUC_JIS_2004", "UTF8", "MULE_INTERNAL",
    "LATIN1", "LATIN2", "LATIN3", "LATIN4", "LATIN5", "LATIN6", "LATIN7", "LATIN8", "LATIN9",
    "LATIN10", "WIN1256", "WIN1258", "WIN866", "WIN874", "KOI8R", "WIN1251", "WIN1252",
    "ISO_8859_5", "ISO_8859_6", "ISO_8859_7", "ISO_8859_8",
    "WIN1250", "WIN1253", "WIN1254", "WIN1255", "WIN1257", "KOI8U",
    "SJIS", "BIG5", "GBK", "UHC", "GB18030", "JOHAB", "SHIFT_JIS_2004",
};

static bool between(byte value, byte low, byte high) {
    return low <= value && value <= high;
}

static bool is_ascii(byte value) {
    return value < 0x80;
}

/* Single shifts of the EUC encodings: what follows is of another character set. */
enum { SS2 = 0x8e, SS3 = 0x8f };

/* Returns how long a character is by its first byte; in GB18030 the second tells. */
static int length(int encoding, const byte *s) {
    byte first = *s;
    if (is_ascii(first)) {
        return 1;
    }
    switch (encoding) {
    case EUC_JP:
    case EUC_JIS_2004:
    case EUC_KR:
    case JOHAB:
        return first == SS3 ? 3 : 2;
    case EUC_TW:
        return first == SS2 ? 4 : first == SS3 ? 3 : 2;
    case UTF8:
        return between(first, 0xc0, 0xdf) ? 2
               : between(first, 0xe0, 0xef) ? 3
               : between(first, 0xf0, 0xf7) ? 4
                                            : 1;
    case MULE_INTERNAL:
        return between(first, 0x81, 0x8d) ? 2
               : between(first, 0x90, 0x99) || between(first, 0x9a, 0x9b) ? 3
               : between(first, 0x9c, 0x9d) ? 4
                                            : 1;
    case SJIS:
    case SHIFT_JIS_2004:
        return between(first, 0xa1, 0xdf) ? 1 : 2;
    case GB18030:
        return between(s[1], 0x30, 0x39) ? 4 : 2;
    case EUC_CN:
    case BIG5:
    case GBK:
    case UHC:
        return 2;
    default:
        return 1;
    }
}

static bool all_between(const byte *s, int count, byte low, byte high) {
    for (int i = 0; i < count; i++) {
        if (!between(s[i], low, high)) {
            return false;
        }
    }
    return true;
}

/* RFC 3629: no form longer than needed, no surrogates, nothing above U+10FFFF. */
EXPORT bool pg_utf8_islegal(const byte *s, int count) {
    byte first = s[0];
    if (count == 1) {
        return is_ascii(first) || between(first, 0xc2, 0xf4);
    }
    if (count < 1 || count > 4 || between(first, 0x80, 0xc1) || first > 0xf4) {
        return false;
    }
    byte low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    byte high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return between(s[1], low, high) && all_between(s + 2, count - 2, 0x80, 0xbf);
}

/* Bytes of which a client library makes a character that never is one. */
static bool is_made_invalid(const byte *s) {
    return s[0] == 0x8d && s[1] == ' ';
}

static bool is_legal(int encoding, const byte *s, int count) {
    switch (encoding) {
    case EUC_JP:
    case EUC_JIS_2004:
        return s[0] == SS2   ? between(s[1], 0xa1, 0xdf)
               : s[0] == SS3 ? all_between(s + 1, 2, 0xa1, 0xfe)
                             : all_between(s, 2, 0xa1, 0xfe);
    case EUC_CN:
    case EUC_KR:
        return all_between(s, 2, 0xa1, 0xfe);
    case EUC_TW:
        return s[0] == SS2   ? between(s[1], 0xa1, 0xa7) && all_between(s + 2, 2, 0xa1, 0xfe)
               : s[0] != SS3 && between(s[1], 0xa1, 0xfe);
    case JOHAB:
        return all_between(s + 1, count - 1, 0xa1, 0xfe);
    case MULE_INTERNAL:
        return all_between(s + 1, count - 1, 0x80, 0xff);
    case SJIS:
    case SHIFT_JIS_2004:
        return count == 1
               || ((between(s[0], 0x81, 0x9f) || between(s[0], 0xe0, 0xfc))
                   && (between(s[1], 0x40, 0x7e) || between(s[1], 0x80, 0xfc)));
    case BIG5:
    case GBK:
    case UHC:
        return s[1] != 0 && !is_made_invalid(s);
    default:
        return true;
    }
}

static int verify_gb18030(const byte *s, int left) {
    if (!between(s[0], 0x81, 0xfe)) {
        return -1;
    }
    if (left >= 4 && between(s[1], 0x30, 0x39)) {
        return between(s[2], 0x81, 0xfe) && between(s[3], 0x30, 0x39) ? 4 : -1;
    }
    return left >= 2 && (between(s[1], 0x40, 0x7e) || between(s[1], 0x80, 0xfe)) ? 2 : -1;
}

/* Returns the length of the character at s, of which so many bytes are left, or -1. */
EXPORT int pg_encoding_verifymbchar(int encoding, const char *characters, int left) {
    const byte *s = (const byte *) characters;
    if (encoding == UTF8) {
        int count = length(UTF8, s);
        return *s != 0 && count <= left && pg_utf8_islegal(s, count) ? count : -1;
    }
    if (is_ascii(*s)) {
        return 1;
    }
    if (encoding == GB18030) {
        return verify_gb18030(s, left);
    }
    /* The shape is looked at before the end, as the second byte of EUC_KR's three has no meaning. */
    int count = encoding == EUC_KR ? 2 : length(encoding, s);
    return count <= left && is_legal(encoding, s, count) ? count : -1;
}

enum { SHOWN_BYTES = 8 };

/* Writes the bytes of a character, at most eight, as 0xNN with blanks between. */
static void show(int encoding, const byte *s, int left, char *out) {
    static const char digits[] = "0123456789abcdef";
    /* One byte does not tell a length in GB18030; then what is left counts. */
    int count = encoding == GB18030 && left < 2 ? left : length(encoding, s);
    if (count > left) {
        count = left;
    }
    for (int i = 0; i < count && i < SHOWN_BYTES; i++) {
        if (i > 0) {
            *out++ = ' ';
        }
        *out++ = '0';
        *out++ = 'x';
        *out++ = digits[s[i] >> 4];
        *out++ = digits[s[i] & 15];
    }
    *out = 0;
}

/* PostgreSQL names the place in its source; here it is where an 18.6 says the same. */
EXPORT void report_invalid_encoding(int encoding, const char *s, int left) {
    char shown[SHOWN_BYTES * 5 + 1];
    show(encoding, (const byte *) s, left, shown);
    errstart(ERROR, nullptr);
    errcode(CHARACTER_NOT_IN_REPERTOIRE);
    errmsg("invalid byte sequence for encoding \"%s\": %s", names[encoding], shown);
    errfinish("mbutils.c", 1853, "report_invalid_encoding_int");
}

EXPORT void report_untranslatable_char(int source, int target, const char *s, int left) {
    char shown[SHOWN_BYTES * 5 + 1];
    show(source, (const byte *) s, left, shown);
    errstart(ERROR, nullptr);
    errcode(UNTRANSLATABLE_CHARACTER);
    errmsg("character with byte sequence %s in encoding \"%s\""
           " has no equivalent in encoding \"%s\"",
           shown, names[source], names[target]);
    errfinish("mbutils.c", 1901, "report_untranslatable_char");
}

/* A conversion at work. */
typedef struct {
    const byte *start;
    const byte *in;
    int left;
    byte *out;
    bool no_error;
} Work;

static void take(Work *work, int count) {
    work->in += count;
    work->left -= count;
}

static void put(Work *work, byte value) {
    *work->out++ = value;
}

static int end(Work *work) {
    *work->out = 0;
    return (int) (work->in - work->start);
}

static int end_invalid(Work *work, int encoding) {
    if (!work->no_error) {
        report_invalid_encoding(encoding, (const char *) work->in, work->left);
    }
    return end(work);
}

static int end_untranslatable(Work *work, int source, int target) {
    if (!work->no_error) {
        report_untranslatable_char(source, target, (const char *) work->in, work->left);
    }
    return end(work);
}

/* Copies a character of ASCII, and returns whether there was one; a zero byte is none. */
static bool copy_ascii(Work *work) {
    if (*work->in == 0 || !is_ascii(*work->in)) {
        return false;
    }
    put(work, *work->in);
    take(work, 1);
    return true;
}

/* From one encoding of single bytes to another, by a table of the bytes from 0x80 on. */
EXPORT int local2local(const byte *in, byte *out, int left, int source, int target,
                       const byte *table, bool no_error) {
    Work work = {in, in, left, out, no_error};
    while (work.left > 0) {
        if (copy_ascii(&work)) {
            continue;
        }
        if (*work.in == 0) {
            return end_invalid(&work, source);
        }
        byte code = table[*work.in - 0x80];
        if (code == 0) {
            return end_untranslatable(&work, source, target);
        }
        put(&work, code);
        take(&work, 1);
    }
    return end(&work);
}

/* From an encoding of single bytes to MULE_INTERNAL, where a byte names the character set. */
static int to_mule(Work *work, int set, int encoding, const byte *table) {
    while (work->left > 0) {
        if (copy_ascii(work)) {
            continue;
        }
        if (*work->in == 0) {
            return end_invalid(work, encoding);
        }
        byte code = table == nullptr ? *work->in : table[*work->in - 0x80];
        if (code == 0) {
            return end_untranslatable(work, encoding, MULE_INTERNAL);
        }
        put(work, (byte) set);
        put(work, code);
        take(work, 1);
    }
    return end(work);
}

EXPORT int latin2mic(const byte *in, byte *out, int left, int set, int encoding, bool no_error) {
    Work work = {in, in, left, out, no_error};
    return to_mule(&work, set, encoding, nullptr);
}

EXPORT int latin2mic_with_table(const byte *in, byte *out, int left, int set, int encoding,
                                const byte *table, bool no_error) {
    Work work = {in, in, left, out, no_error};
    return to_mule(&work, set, encoding, table);
}

static int from_mule(Work *work, int set, int encoding, const byte *table) {
    while (work->left > 0) {
        if (copy_ascii(work)) {
            continue;
        }
        int count = length(MULE_INTERNAL, work->in);
        if (*work->in == 0 || count > work->left) {
            return end_invalid(work, MULE_INTERNAL);
        }
        byte code = 0;
        if (count == 2 && *work->in == set && !is_ascii(work->in[1])) {
            code = table == nullptr ? work->in[1] : table[work->in[1] - 0x80];
        }
        if (code == 0) {
            return end_untranslatable(work, MULE_INTERNAL, encoding);
        }
        put(work, code);
        take(work, 2);
    }
    return end(work);
}

EXPORT int mic2latin(const byte *in, byte *out, int left, int set, int encoding, bool no_error) {
    Work work = {in, in, left, out, no_error};
    return from_mule(&work, set, encoding, nullptr);
}

EXPORT int mic2latin_with_table(const byte *in, byte *out, int left, int set, int encoding,
                                const byte *table, bool no_error) {
    Work work = {in, in, left, out, no_error};
    return from_mule(&work, set, encoding, table);
}

/*
 * pg_mb_radix_tree: for each length of a character a tree of that depth, of which each level has a
 * range of bytes. A node is a place in one of the two arrays, from which the byte's distance from
 * the range's beginning counts; it holds the next node's place, or at last the code.
 */
typedef struct {
    const uint16_t *codes16;
    const uint32_t *codes32;
    struct { uint32_t root; byte range[1][2]; } of1;
    struct { uint32_t root; byte range[2][2]; } of2;
    struct { uint32_t root; byte range[3][2]; } of3;
    struct { uint32_t root; byte range[4][2]; } of4;
} RadixTree;

static_assert(__builtin_offsetof(RadixTree, of2) == 16, "the library's layout");
static_assert(__builtin_offsetof(RadixTree, of3) == 24, "the library's layout");
static_assert(__builtin_offsetof(RadixTree, of4) == 36, "the library's layout");
static_assert(sizeof(RadixTree) == 48, "the library's layout");

/* Returns the code of a character, or 0. */
static uint32_t find(const RadixTree *tree, const byte *s, int count) {
    uint32_t place;
    const byte (*range)[2];
    switch (count) {
    case 1: place = tree->of1.root; range = tree->of1.range; break;
    case 2: place = tree->of2.root; range = tree->of2.range; break;
    case 3: place = tree->of3.root; range = tree->of3.range; break;
    default: place = tree->of4.root; range = tree->of4.range; break;
    }
    for (int i = 0; i < count; i++) {
        if (!between(s[i], range[i][0], range[i][1])) {
            return 0;
        }
    }
    for (int i = 0; i < count; i++) {
        uint32_t next = place + s[i] - range[i][0];
        place = tree->codes32 != nullptr ? tree->codes32[next] : tree->codes16[next];
    }
    return place;
}

/* A pair of characters of UTF8 that is one in another encoding: keys first, sorted by them. */
typedef struct { uint32_t first, second, code; } FromPair;
typedef struct { uint32_t code, first, second; } ToPair;

static const FromPair *find_pair(const FromPair *pairs, int count, uint32_t first,
                                 uint32_t second) {
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        const FromPair *pair = &pairs[middle];
        if (pair->first == first && pair->second == second) {
            return pair;
        }
        if (pair->first < first || (pair->first == first && pair->second < second)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return nullptr;
}

static const ToPair *find_code(const ToPair *pairs, int count, uint32_t code) {
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (pairs[middle].code == code) {
            return &pairs[middle];
        }
        if (pairs[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return nullptr;
}

/* The bytes of a character as one number, and a number as bytes, without leading zeros. */
static uint32_t number(const byte *s, int count) {
    uint32_t value = 0;
    for (int i = 0; i < count; i++) {
        value = value << 8 | s[i];
    }
    return value;
}

static void put_code(Work *work, uint32_t code) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (code >> shift & 0xff) {
            put(work, (byte) (code >> shift));
        }
    }
}

typedef uint32_t (*Convert)(uint32_t code);

EXPORT int UtfToLocal(const byte *in, int left, byte *out, const RadixTree *tree,
                      const FromPair *pairs, int pair_count, Convert convert, int encoding,
                      bool no_error) {
    Work work = {in, in, left, out, no_error};
    while (work.left > 0) {
        if (copy_ascii(&work)) {
            continue;
        }
        int count = length(UTF8, work.in);
        if (*work.in == 0 || count > work.left || !pg_utf8_islegal(work.in, count)) {
            return end_invalid(&work, UTF8);
        }
        uint32_t character = number(work.in, count);
        if (pairs != nullptr && count < work.left) {
            const byte *second = work.in + count;
            int rest = work.left - count;
            int second_count = length(UTF8, second);
            if (second_count > rest) {
                /* A pair cannot be excluded: the first one is named, of what follows it. */
                work.left = rest;
                return end_invalid(&work, UTF8);
            }
            if (!pg_utf8_islegal(second, second_count)) {
                if (!no_error) {
                    report_invalid_encoding(UTF8, (const char *) second, rest);
                }
                return end(&work);
            }
            const FromPair *pair =
                second_count > 1
                    ? find_pair(pairs, pair_count, character, number(second, second_count))
                    : nullptr;
            if (pair != nullptr) {
                put_code(&work, pair->code);
                take(&work, count + second_count);
                continue;
            }
        }
        uint32_t code = tree == nullptr ? 0 : find(tree, work.in, count);
        if (code == 0 && convert != nullptr) {
            code = convert(character);
        }
        if (code == 0) {
            return end_untranslatable(&work, UTF8, encoding);
        }
        put_code(&work, code);
        take(&work, count);
    }
    return end(&work);
}

EXPORT int LocalToUtf(const byte *in, int left, byte *out, const RadixTree *tree,
                      const ToPair *pairs, int pair_count, Convert convert, int encoding,
                      bool no_error) {
    Work work = {in, in, left, out, no_error};
    while (work.left > 0) {
        if (copy_ascii(&work)) {
            continue;
        }
        int count =
            *work.in == 0
                ? -1
                : pg_encoding_verifymbchar(encoding, (const char *) work.in, work.left);
        if (count < 0) {
            return end_invalid(&work, encoding);
        }
        uint32_t character = number(work.in, count);
        uint32_t code = tree == nullptr ? 0 : find(tree, work.in, count);
        const ToPair *pair =
            code == 0 && tree != nullptr && pairs != nullptr
                ? find_code(pairs, pair_count, character)
                : nullptr;
        if (pair != nullptr) {
            put_code(&work, pair->first);
            put_code(&work, pair->second);
            take(&work, count);
            continue;
        }
        if (code == 0 && convert != nullptr) {
            code = convert(character);
        }
        if (code == 0) {
            return end_untranslatable(&work, encoding, UTF8);
        }
        put_code(&work, code);
        take(&work, count);
    }
    return end(&work);
}
