// What the files of the engine's library share.
#pragma once

#include "../guest.h"
#include "../jni_table.h"

#ifdef _WIN32
#define EXPORTED __attribute__((dllexport))
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

#define PACKAGE "io/github/jdbcpglite/engine/nativecode/"
#define NATIVE(result, name) \
  EXPORTED result Java_io_github_jdbcpglite_engine_nativecode_Native_##name

// The guest whose code this thread runs, or that has called the host.
extern HIDDEN __thread context *current_guest;

// Sets in a new context what is the same in all.
HIDDEN void prepare_context(context *c);

// Returns the address below which no translated function starts on this thread.
HIDDEN u64 stack_limit(void);

// Turns faults of translated code that runs for `current_guest` into traps, from now on.
HIDDEN s32 install_fault_handler(void);

// Says between which addresses translated code lies.
HIDDEN s32 add_code(const char *start, const char *end);


