// What the instructions of WebAssembly do, exactly: to be included behind guest.h by translated
// code. Macros where there are very many uses, which compilers take faster than inline functions.
#pragma once

// ---- The stack: functions that call others look first whether there is room.

#if defined(__x86_64__)
register u64 machine_stack_pointer __asm__("rsp");
#else
register u64 machine_stack_pointer __asm__("sp");
#endif
#define CHECK_STACK \
  if (UNLIKELY(machine_stack_pointer < c->stack_limit)) trap(c, TRAP_STACK)

// ---- Memory. An operand may stand in these macros more than once: it has no side effects.

#ifdef CHECKED_MEMORY
#define ADDRESS(size, address, offset)                                        \
  ({                                                                          \
    u64 at_ = (u64)(u32)(address) + (u64)(offset);                            \
    if (UNLIKELY(at_ + (size) > c->memory_bytes)) trap(c, TRAP_MEMORY);       \
    MEMORY + at_;                                                             \
  })
#else
#define ADDRESS(size, address, offset) (MEMORY + (u64)(u32)(address) + (u64)(offset))
#endif
#define ACCESS(type, address, offset) (*(type *)ADDRESS(sizeof(type), address, offset))

#define i32_load(a, o) ACCESS(any_u32, a, o)
#define i64_load(a, o) ACCESS(any_u64, a, o)
#define f32_load(a, o) ACCESS(any_f32, a, o)
#define f64_load(a, o) ACCESS(any_f64, a, o)
#define i32_load8_s(a, o) ((u32)(s32)ACCESS(any_s8, a, o))
#define i32_load8_u(a, o) ((u32)ACCESS(any_u8, a, o))
#define i32_load16_s(a, o) ((u32)(s32)ACCESS(any_s16, a, o))
#define i32_load16_u(a, o) ((u32)ACCESS(any_u16, a, o))
#define i64_load8_s(a, o) ((u64)(s64)ACCESS(any_s8, a, o))
#define i64_load8_u(a, o) ((u64)ACCESS(any_u8, a, o))
#define i64_load16_s(a, o) ((u64)(s64)ACCESS(any_s16, a, o))
#define i64_load16_u(a, o) ((u64)ACCESS(any_u16, a, o))
#define i64_load32_s(a, o) ((u64)(s64)ACCESS(any_s32, a, o))
#define i64_load32_u(a, o) ((u64)ACCESS(any_u32, a, o))
#define i32_store(a, o, v) (ACCESS(any_u32, a, o) = (v))
#define i64_store(a, o, v) (ACCESS(any_u64, a, o) = (v))
#define f32_store(a, o, v) (ACCESS(any_f32, a, o) = (v))
#define f64_store(a, o, v) (ACCESS(any_f64, a, o) = (v))
#define i32_store8(a, o, v) (ACCESS(any_u8, a, o) = (u8)(v))
#define i32_store16(a, o, v) (ACCESS(any_u16, a, o) = (u16)(v))
#define i64_store8(a, o, v) (ACCESS(any_u8, a, o) = (u8)(v))
#define i64_store16(a, o, v) (ACCESS(any_u16, a, o) = (u16)(v))
#define i64_store32(a, o, v) (ACCESS(any_u32, a, o) = (u32)(v))

#define memory_size(c) ((u32)((c)->memory_bytes >> 16))

// Whether a segment was dropped: data segments first, then those of elements.
#define DROPPED(segment) (INSTANCE->dropped[segment])

static inline void memory_copy(context *c, u32 to, u32 from, u32 bytes) {
  if (UNLIKELY((u64)to + bytes > c->memory_bytes || (u64)from + bytes > c->memory_bytes)) {
    trap(c, TRAP_MEMORY);
  }
  __builtin_memmove(MEMORY + to, MEMORY + from, bytes);
}

static inline void memory_fill(context *c, u32 to, u32 value, u32 bytes) {
  if (UNLIKELY((u64)to + bytes > c->memory_bytes)) trap(c, TRAP_MEMORY);
  __builtin_memset(MEMORY + to, (u8)value, bytes);
}

static inline void memory_init(context *c, u32 to, u32 from, u32 bytes, const u8 *data, u32 size) {
  if (UNLIKELY((u64)to + bytes > c->memory_bytes || (u64)from + bytes > size)) {
    trap(c, TRAP_MEMORY);
  }
  if (bytes != 0) __builtin_memcpy(MEMORY + to, data + from, bytes);
}

// ---- The table.

static inline void table_copy(context *c, u32 to, u32 from, u32 count) {
  if (UNLIKELY((u64)to + count > c->table_size || (u64)from + count > c->table_size)) {
    trap(c, TRAP_TABLE);
  }
  __builtin_memmove(TABLE + to, TABLE + from, count * sizeof(entry));
}

static inline void table_init(
    context *c, u32 to, u32 from, u32 count, const entry *elements, u32 size) {
  if (UNLIKELY((u64)to + count > c->table_size || (u64)from + count > size)) {
    trap(c, TRAP_TABLE);
  }
  if (count != 0) __builtin_memcpy(TABLE + to, elements + from, count * sizeof(entry));
}

static COLD __attribute__((noreturn, unused)) void refuse_call(context *c, u32 index) {
  if (index >= c->table_size) trap(c, TRAP_UNDEFINED_ELEMENT);
  trap(c, TABLE[index].code == 0 ? TRAP_UNINITIALIZED_ELEMENT : TRAP_SIGNATURE);
}

// The code of an entry that has to have a type.
#define INDIRECT(function_type, number, index)                                    \
  ({                                                                              \
    u32 index_ = (index);                                                         \
    entry *entry_ = &TABLE[index_];                                               \
    if (UNLIKELY(index_ >= c->table_size || entry_->type != (number))) {          \
      refuse_call(c, index_);                                                     \
    }                                                                             \
    (function_type *)entry_->code;                                                \
  })

// What an import of a library is bound to.
#define IMPORT(type, number) ((type *)INSTANCE->imports[number])

// ---- Numbers.

static inline u32 bits_of_f32(float value) {
  u32 bits;
  __builtin_memcpy(&bits, &value, 4);
  return bits;
}
static inline u64 bits_of_f64(double value) {
  u64 bits;
  __builtin_memcpy(&bits, &value, 8);
  return bits;
}
static inline float f32_of(u32 bits) {
  float value;
  __builtin_memcpy(&value, &bits, 4);
  return value;
}
static inline double f64_of(u64 bits) {
  double value;
  __builtin_memcpy(&value, &bits, 8);
  return value;
}

// A value of which the compiler knows nothing. It would take x for x * 1, x - 0 or (float)(double)x,
// and a signalling NaN has to become a quiet one there.
#if defined(__x86_64__)
#define FLOAT_REGISTER "x"
#else
#define FLOAT_REGISTER "w"
#endif
static inline float opaque_f32(float x) {
  __asm__("" : "+" FLOAT_REGISTER(x));
  return x;
}
static inline double opaque_f64(double x) {
  __asm__("" : "+" FLOAT_REGISTER(x));
  return x;
}

// Computes a value that is dropped: it may have been read where no memory is.
#define DROP_NUMBER(x) __asm__ volatile("" : : "r"(x))
#define DROP_FLOAT(x) __asm__ volatile("" : : FLOAT_REGISTER(x))

static inline u32 i32_clz(u32 x) { return x ? (u32)__builtin_clz(x) : 32; }
static inline u32 i32_ctz(u32 x) { return x ? (u32)__builtin_ctz(x) : 32; }
static inline u64 i64_clz(u64 x) { return x ? (u64)__builtin_clzll(x) : 64; }
static inline u64 i64_ctz(u64 x) { return x ? (u64)__builtin_ctzll(x) : 64; }

#define DIVISION(unsigned_type, signed_type, prefix, least)                               \
  static inline unsigned_type prefix##_div_s(context *c, unsigned_type x, unsigned_type y) { \
    if (UNLIKELY(y == 0)) trap(c, TRAP_DIVIDE_BY_ZERO);                                   \
    if (UNLIKELY(x == (least) && y == (unsigned_type)-1)) trap(c, TRAP_OVERFLOW);         \
    return (unsigned_type)((signed_type)x / (signed_type)y);                              \
  }                                                                                       \
  static inline unsigned_type prefix##_div_u(context *c, unsigned_type x, unsigned_type y) { \
    if (UNLIKELY(y == 0)) trap(c, TRAP_DIVIDE_BY_ZERO);                                   \
    return x / y;                                                                         \
  }                                                                                       \
  static inline unsigned_type prefix##_rem_s(context *c, unsigned_type x, unsigned_type y) { \
    if (UNLIKELY(y == 0)) trap(c, TRAP_DIVIDE_BY_ZERO);                                   \
    if (UNLIKELY(y == (unsigned_type)-1)) return 0;                                       \
    return (unsigned_type)((signed_type)x % (signed_type)y);                              \
  }                                                                                       \
  static inline unsigned_type prefix##_rem_u(context *c, unsigned_type x, unsigned_type y) { \
    if (UNLIKELY(y == 0)) trap(c, TRAP_DIVIDE_BY_ZERO);                                   \
    return x % y;                                                                         \
  }
DIVISION(u32, s32, i32, 0x80000000u)
DIVISION(u64, s64, i64, 0x8000000000000000ull)

// Floats are truncated as doubles, which hold each of their values. The bounds are the first numbers
// out of range, but for the least of 64 bits: no double lies between it and the next.
#define TRUNCATION(name, unsigned_type, signed_type, in_range)                    \
  static inline unsigned_type name(context *c, double x) {                        \
    if (UNLIKELY(!(in_range))) trap(c, x != x ? TRAP_CONVERSION : TRAP_OVERFLOW); \
    return (unsigned_type)(signed_type)x;                                         \
  }
#define SATURATION(name, unsigned_type, signed_type, in_range, least, greatest) \
  static inline unsigned_type name(double x) {                                  \
    if (in_range) return (unsigned_type)(signed_type)x;                         \
    return x != x ? 0 : x < 0 ? (least) : (greatest);                           \
  }
#define I32_RANGE_S (x > -2147483649.0 && x < 2147483648.0)
#define I32_RANGE_U (x > -1.0 && x < 4294967296.0)
#define I64_RANGE_S (x >= -9223372036854775808.0 && x < 9223372036854775808.0)
#define I64_RANGE_U (x > -1.0 && x < 18446744073709551616.0)
TRUNCATION(i32_trunc_s, u32, s32, I32_RANGE_S)
TRUNCATION(i32_trunc_u, u32, u32, I32_RANGE_U)
TRUNCATION(i64_trunc_s, u64, s64, I64_RANGE_S)
TRUNCATION(i64_trunc_u, u64, u64, I64_RANGE_U)
SATURATION(i32_trunc_sat_s, u32, s32, I32_RANGE_S, 0x80000000u, 0x7fffffffu)
SATURATION(i32_trunc_sat_u, u32, u32, I32_RANGE_U, 0, 0xffffffffu)
SATURATION(i64_trunc_sat_s, u64, s64, I64_RANGE_S, 0x8000000000000000ull, 0x7fffffffffffffffull)
SATURATION(i64_trunc_sat_u, u64, u64, I64_RANGE_U, 0, 0xffffffffffffffffull)

// Adding makes of a signalling NaN a quiet one. Equal numbers differ in their sign at most: zeros.
static inline float f32_min(float x, float y) {
  if (UNLIKELY(x != x || y != y)) return x + y;
  if (x == y) return f32_of(bits_of_f32(x) | bits_of_f32(y));
  return x < y ? x : y;
}
static inline float f32_max(float x, float y) {
  if (UNLIKELY(x != x || y != y)) return x + y;
  if (x == y) return f32_of(bits_of_f32(x) & bits_of_f32(y));
  return x > y ? x : y;
}
static inline double f64_min(double x, double y) {
  if (UNLIKELY(x != x || y != y)) return x + y;
  if (x == y) return f64_of(bits_of_f64(x) | bits_of_f64(y));
  return x < y ? x : y;
}
static inline double f64_max(double x, double y) {
  if (UNLIKELY(x != x || y != y)) return x + y;
  if (x == y) return f64_of(bits_of_f64(x) & bits_of_f64(y));
  return x > y ? x : y;
}
