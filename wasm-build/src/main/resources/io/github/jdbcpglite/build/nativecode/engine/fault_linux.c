// Faults on Linux: an access outside of linear memory is a SIGSEGV of translated code, at an
// address of the guest that its thread runs. It becomes a trap; any other goes to the handler that
// was there before, the JVM's.
#include "engine.h"

#define SIGSEGV 11
#define SIGBUS 7
#define SA_SIGINFO 4
#define SA_ONSTACK 0x08000000
#define RESERVED_BYTES (HEADER_BYTES + 0x200000000ull + 0x10000ull)
#define CODES_MAX 256

typedef void handler(s32 signal, void *info, void *context);

// struct sigaction of glibc and musl.
typedef struct action {
  handler *handle;
  u64 mask[16];
  s32 flags;
  void *restorer;
} action;

s32 sigaction(s32 signal, const action *now, action *before);

// Registers and the address of a fault, by their offsets in siginfo_t and ucontext_t.
#define FAULT_ADDRESS(info) (*(u64 *)((u8 *)(info) + 16))
#if defined(__x86_64__)
#define REGISTER(context, index) (*(u64 *)((u8 *)(context) + 40 + 8 * (index)))
#define PROGRAM_COUNTER(context) REGISTER(context, 16)
#define STACK_POINTER(context) REGISTER(context, 15)
#define FIRST_ARGUMENT(context) REGISTER(context, 8)
// As after a call: 8 bytes off a multiple of 16, behind what the function has in its red zone.
#define STACK_OF_CALL(sp) (((sp)-256) & ~15ull) - 8
#elif defined(__aarch64__)
#define REGISTER(context, index) (*(u64 *)((u8 *)(context) + 184 + 8 * (index)))
#define PROGRAM_COUNTER(context) REGISTER(context, 32)
#define STACK_POINTER(context) REGISTER(context, 31)
#define FIRST_ARGUMENT(context) REGISTER(context, 0)
#define STACK_OF_CALL(sp) (((sp)-256) & ~15ull)
#endif

static action before_segv;
static action before_bus;

// Ranges of translated code. Only ever appended to, so that a handler can read them at any moment.
static struct range {
  u64 start;
  u64 end;
} codes[CODES_MAX];
static volatile u32 code_count;

static __attribute__((noreturn)) void trap_of_fault(context *c) {
  landing *place = c->landing;
  while (place->kind != ENTRY) {
    place = place->outer;
  }
  place->trap = TRAP_MEMORY;
  go_to(place);
}

static boolean is_translated(u64 at) {
  for (u32 i = 0; i < code_count; i++) {
    if (at >= codes[i].start && at < codes[i].end) {
      return 1;
    }
  }
  return 0;
}

static void on_fault(s32 signal, void *info, void *machine) {
  // The code first: of other threads nothing else may be looked at.
  if (is_translated(PROGRAM_COUNTER(machine)) && current_guest) {
    u64 offset = FAULT_ADDRESS(info) - (u64)current_guest;
    if (offset < RESERVED_BYTES) {
      FIRST_ARGUMENT(machine) = (u64)current_guest;
      STACK_POINTER(machine) = STACK_OF_CALL(STACK_POINTER(machine));
      PROGRAM_COUNTER(machine) = (u64)trap_of_fault;
      return;
    }
  }
  (signal == SIGSEGV ? before_segv : before_bus).handle(signal, info, machine);
}

// Puts the handler before the one there is, once: before itself it would call itself for ever.
static boolean install(s32 signal, action *before) {
  if (before->handle) {
    return 1;
  }
  action found;
  if (sigaction(signal, 0, &found) != 0 || !(found.flags & SA_SIGINFO)) {
    return 0;
  }
  *before = found;
  action now = found;
  now.handle = on_fault;
  now.flags |= SA_SIGINFO | SA_ONSTACK;
  if (sigaction(signal, &now, 0) != 0) {
    before->handle = 0;
    return 0;
  }
  return 1;
}

s32 install_fault_handler(void) {
  return install(SIGSEGV, &before_segv) && install(SIGBUS, &before_bus);
}

s32 add_code(const char *start, const char *end) {
  if (code_count == CODES_MAX) {
    return 0;
  }
  codes[code_count].start = (u64)start;
  codes[code_count].end = (u64)end;
  __atomic_store_n(&code_count, code_count + 1, __ATOMIC_RELEASE);
  return 1;
}
