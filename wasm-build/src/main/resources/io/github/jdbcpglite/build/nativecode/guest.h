// What the C code of a translated module is written against, and what the runtime and the engine's
// Java side agree on. Freestanding: no header of any system is needed.
//
// A guest lies in one reservation of address space: a header of HEADER_BYTES, which begins with its
// context, and right behind it linear memory. So one register serves for both. Addresses of
// WebAssembly have 32 bits and so have the constants that instructions add to them: an access lies
// within 8 GiB of linear memory's start, all of it reserved. What is no memory there cannot be
// accessed, and the processor's fault becomes a trap.
#pragma once

typedef unsigned char u8;
typedef signed char s8;
typedef unsigned short u16;
typedef short s16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;

#define HIDDEN __attribute__((visibility("hidden")))
#define COLD __attribute__((cold, noinline))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

#define HEADER_BYTES 0x100000ull
#define TABLE_OFFSET 0x10000ull
#define TABLE_MAX ((u32)((HEADER_BYTES - TABLE_OFFSET) / sizeof(entry)))
#define MODULES_MAX 256
#define MAIN_GLOBALS_MAX 1024
#define VALUES_MAX 64

// Why a guest traps; NativeTrap.java has the words for each.
enum trap_code {
  TRAP_UNREACHABLE = 1,
  TRAP_MEMORY,
  TRAP_OVERFLOW,
  TRAP_DIVIDE_BY_ZERO,
  TRAP_CONVERSION,
  TRAP_UNDEFINED_ELEMENT,
  TRAP_UNINITIALIZED_ELEMENT,
  TRAP_SIGNATURE,
  TRAP_TABLE,
  TRAP_STACK,
};

// A function type as a number: in base 5, after a leading 1, the result's digit and those of the
// parameters; 0 is for no result, then i32, i64, f32, f64. Types are equal if their numbers are.
// Of a type with more than 25 parameters or several results the number is the highest bit and 63
// bits of the SHA-256 of its letters, "result_parameters" in Emscripten's letters, such as "ij_iid".
// Several results lie in c->values after the call.
typedef u64 signature;

// An entry of the function table; of an empty one both are 0.
typedef struct entry {
  signature type;
  void *code;
} entry;

// Where control returns to: kept by whoever calls into translated code from outside (ENTRY), and by
// the code of an invoke_* function, which catches what longjmp throws (INVOKE).
enum landing_kind { ENTRY, INVOKE };
typedef struct landing {
  u64 registers[24];
  struct landing *outer;
  u32 kind;
  u32 trap;
} landing;

struct module;

// A module of one guest: what its code reads of it.
typedef struct instance {
  const struct module *module;
  u64 *globals;
  void **imports;
  // For each of the module's segments whether it was dropped: those of data, then of elements.
  u8 *dropped;
} instance;

// The state of a guest.
typedef struct context {
  u64 memory_bytes;
  u64 stack_limit;
  landing *landing;
  void *jni;
  void *guest;
  void *upcall_class;
  void *upcall_method;
  void *longjmp_class;
  void (*set_threw)(struct context *, u32, u32);
  u32 table_size;
  u32 stack_pointer;
  // Raw values of a call between Java and translated code, while it crosses: arguments, then the
  // result is returned, or lies in the first one.
  u64 values[VALUES_MAX];
  instance *modules[MODULES_MAX];
  u64 globals[MAIN_GLOBALS_MAX];
} context;

// Calls translated code with raw values: reads them, calls, and returns the raw result or 0.
typedef u64 (*enter)(context *, void *code, const u64 *values);

typedef struct type {
  signature type;
  enter enter;
} type;

typedef struct function {
  void *code;
  const type *type;
} function;

// Functions that an engine puts into the table for one of its own: each calls call_host with the
// import number CALLBACK | n, where n / CALLBACKS is the place in `callbacks` and n % CALLBACKS that
// in `code`.
#define CALLBACK 0x80000000u
#define CALLBACKS 4
typedef struct callback {
  signature type;
  void *code[CALLBACKS];
} callback;

// What a translated module is to the runtime: defined once in each, under the name that the build
// gave it.
typedef struct module {
  // By which the engine finds it: the code name of its parts, UTF-8, ends with 0.
  const char *name;
  // SHA-256 of the WebAssembly that it was translated from, in hexadecimal digits, ends with 0.
  const char *digest;
  // The instance of it in a guest is modules[*slot]; the runtime sets it when the library is loaded.
  u32 *slot;
  u32 import_count;
  u32 function_count;
  u32 global_count;
  u32 segment_count;
  u32 callback_count;
  // All functions, the imported ones first. The code of an imported one calls what it is bound to.
  const function *functions;
  // One for each type of a main module with at most 6 parameters; libraries have none.
  const callback *callbacks;
} module;

// The modules of this library, ended by 0; the build writes the list.
extern HIDDEN const module *const modules[];

#define MEMORY ((u8 *)c + HEADER_BYTES)
#define TABLE ((entry *)((u8 *)c + TABLE_OFFSET))

// Leaves translated code for the nearest ENTRY, which makes an exception of it.
HIDDEN __attribute__((noreturn, cold)) void trap(context *c, u32 code);

// Goes to the nearest landing: an INVOKE takes it; at an ENTRY it becomes a Java exception.
HIDDEN __attribute__((noreturn, cold)) void throw_longjmp(context *c);

// Calls a host function with the first `count` of c->values; returns the raw result. Does not
// return if it throws.
HIDDEN u64 call_host(context *c, u32 slot, u32 import, u32 count);

// Grows memory by pages of 64 KiB; returns the pages before, or -1.
HIDDEN u32 grow_memory(context *c, u32 pages);

// Saves the registers that a function has to keep; returns 0, and 1 when somebody lands there.
__attribute__((returns_twice)) HIDDEN u32 set_landing(landing *place);
HIDDEN __attribute__((noreturn)) void go_to(landing *place);

// After a landing of kind INVOKE: the stack pointer is what it was, and the guest learns of it.
HIDDEN void after_longjmp(context *c, u32 stack_pointer);

// Memory can be read and written at any alignment.
#define ANY_ALIGNMENT __attribute__((aligned(1), may_alias))
typedef u8 __attribute__((may_alias)) any_u8;
typedef s8 __attribute__((may_alias)) any_s8;
typedef u16 ANY_ALIGNMENT any_u16;
typedef s16 ANY_ALIGNMENT any_s16;
typedef u32 ANY_ALIGNMENT any_u32;
typedef s32 ANY_ALIGNMENT any_s32;
typedef u64 ANY_ALIGNMENT any_u64;
typedef float ANY_ALIGNMENT any_f32;
typedef double ANY_ALIGNMENT any_f64;
