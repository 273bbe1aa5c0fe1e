// A program around the translated modules of one script: it obeys lines of its standard input and
// answers each with a line. It is the runtime that guest.h asks for, as small as it can be, and needs
// no library and no header of the system: Linux's calls are made directly.
//
//   new MODULE PAGES MAX TABLE       a guest of a module, which later lines of it are about
//   global MODULE INDEX BITS         sets a global
//   data MODULE ADDRESS HEX          writes memory
//   element MODULE INDEX FUNCTION    fills an entry of the table
//   call MODULE FUNCTION BITS...     answers "= BITS BITS...", or "! TRAP"; values in hexadecimal
//   read MODULE INDEX                answers "= BITS" of a global
#include "guest.h"

#define RESERVED (HEADER_BYTES + 0x200000000ull + 0x10000ull)
#define STACK_USED (4ull << 20)

static context *guests[1024];
static u32 pages_max[1024];
static instance instances[1024];
static u8 dropped[1024][64];
static u64 library_globals[1];
static context *running;

// ---- Linux

static s64 system_call(s64 number, s64 a, s64 b, s64 c, s64 d, s64 e, s64 f) {
#if defined(__x86_64__)
  register s64 r10 __asm__("r10") = d;
  register s64 r8 __asm__("r8") = e;
  register s64 r9 __asm__("r9") = f;
  s64 result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#else
  register s64 x8 __asm__("x8") = number;
  register s64 x0 __asm__("x0") = a;
  register s64 x1 __asm__("x1") = b;
  register s64 x2 __asm__("x2") = c;
  register s64 x3 __asm__("x3") = d;
  register s64 x4 __asm__("x4") = e;
  register s64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
#endif
}

#if defined(__x86_64__)
enum { READ = 0, WRITE = 1, MMAP = 9, MPROTECT = 10, SIGACTION = 13, SETITIMER = 38, EXIT = 60 };
#else
enum { READ = 63, WRITE = 64, MMAP = 222, MPROTECT = 226, SIGACTION = 134, SETITIMER = 103, EXIT = 93 };
#endif
enum { PROT_RW = 3, PRIVATE_ANONYMOUS_NORESERVE = 0x4022, SIGBUS = 7, SIGSEGV = 11 };

static void leave(s64 status) {
  for (;;) system_call(EXIT, status, 0, 0, 0, 0, 0);
}

// ---- What freestanding code needs

void *memcpy(void *to, const void *from, __SIZE_TYPE__ bytes) {
  u8 *a = to;
  const u8 *b = from;
  while (bytes--) *a++ = *b++;
  return to;
}
void *memmove(void *to, const void *from, __SIZE_TYPE__ bytes) {
  u8 *a = to;
  const u8 *b = from;
  if (a <= b) return memcpy(to, from, bytes);
  while (bytes--) a[bytes] = b[bytes];
  return to;
}
void *memset(void *to, int value, __SIZE_TYPE__ bytes) {
  u8 *a = to;
  while (bytes--) *a++ = (u8)value;
  return to;
}

// ---- The runtime

#if defined(__x86_64__)
__attribute__((naked, returns_twice)) u32 set_landing(landing *place) {
  __asm__(
      "movq %rbx, (%rdi)\n movq %rbp, 8(%rdi)\n movq %r12, 16(%rdi)\n movq %r13, 24(%rdi)\n"
      "movq %r14, 32(%rdi)\n movq %r15, 40(%rdi)\n leaq 8(%rsp), %rdx\n movq %rdx, 48(%rdi)\n"
      "movq (%rsp), %rdx\n movq %rdx, 56(%rdi)\n xorl %eax, %eax\n retq");
}
__attribute__((naked, noreturn)) void go_to(landing *place) {
  __asm__(
      "movq (%rdi), %rbx\n movq 8(%rdi), %rbp\n movq 16(%rdi), %r12\n movq 24(%rdi), %r13\n"
      "movq 32(%rdi), %r14\n movq 40(%rdi), %r15\n movq 48(%rdi), %rsp\n movl $1, %eax\n"
      "jmpq *56(%rdi)");
}
#else
__attribute__((naked, returns_twice)) u32 set_landing(landing *place) {
  __asm__(
      "stp x19, x20, [x0]\n stp x21, x22, [x0, #16]\n stp x23, x24, [x0, #32]\n"
      "stp x25, x26, [x0, #48]\n stp x27, x28, [x0, #64]\n stp x29, x30, [x0, #80]\n"
      "mov x2, sp\n str x2, [x0, #96]\n stp d8, d9, [x0, #112]\n stp d10, d11, [x0, #128]\n"
      "stp d12, d13, [x0, #144]\n stp d14, d15, [x0, #160]\n mov w0, #0\n ret");
}
__attribute__((naked, noreturn)) void go_to(landing *place) {
  __asm__(
      "ldp x19, x20, [x0]\n ldp x21, x22, [x0, #16]\n ldp x23, x24, [x0, #32]\n"
      "ldp x25, x26, [x0, #48]\n ldp x27, x28, [x0, #64]\n ldp x29, x30, [x0, #80]\n"
      "ldr x2, [x0, #96]\n mov sp, x2\n ldp d8, d9, [x0, #112]\n ldp d10, d11, [x0, #128]\n"
      "ldp d12, d13, [x0, #144]\n ldp d14, d15, [x0, #160]\n mov w0, #1\n ret");
}
#endif

void trap(context *c, u32 code) {
  landing *place = c->landing;
  while (place->kind != ENTRY) place = place->outer;
  place->trap = code;
  go_to(place);
}

void throw_longjmp(context *c) { go_to(c->landing); }
void after_longjmp(context *c, u32 stack_pointer) { c->stack_pointer = stack_pointer; }

// The host functions of the scripts print, and nobody looks at that.
u64 call_host(context *c, u32 slot, u32 import, u32 count) { return 0; }

u32 grow_memory(context *c, u32 pages) {
  u32 before = (u32)(c->memory_bytes >> 16);
  if (pages > pages_max[(u64)c->guest] - before) return -1;
  u64 bytes = (u64)pages << 16;
  if (bytes && system_call(MPROTECT, (s64)(MEMORY + c->memory_bytes), bytes, PROT_RW, 0, 0, 0)) {
    return -1;
  }
  c->memory_bytes += bytes;
  return before;
}

static void on_fault(int signal) { trap(running, TRAP_MEMORY); }
__attribute__((naked)) static void restore(void) { __asm__("nop"); }

static void handle_faults(void) {
  // SA_NODEFER: the handler is left by a jump. x86-64 wants a restorer, which is never used then.
  u64 action[4] = {(u64)on_fault, 0x40000000ull, 0, 0};
#if defined(__x86_64__)
  action[1] |= 0x04000000ull;
  action[2] = (u64)restore;
#endif
  system_call(SIGACTION, SIGSEGV, (s64)action, 0, 8, 0, 0);
  system_call(SIGACTION, SIGBUS, (s64)action, 0, 8, 0, 0);
}

// ---- Lines in and out

static u8 input[1 << 16];
static u32 input_at, input_end;
static char output[1 << 12];
static u32 output_end;

static int next(void) {
  if (input_at == input_end) {
    s64 read = system_call(READ, 0, (s64)input, sizeof(input), 0, 0, 0);
    if (read <= 0) leave(0);
    input_at = 0;
    input_end = (u32)read;
  }
  return input[input_at];
}

static int at_end_of_line(void) {
  while (next() == ' ') input_at++;
  return next() == '\n';
}

static u64 number(void) {
  u64 value = 0;
  at_end_of_line();
  for (int digit; (digit = next()) > ' '; input_at++) {
    value = value << 4 | (u64)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  return value;
}

static void put(char c) { output[output_end++] = c; }

static void put_number(u64 value) {
  put(' ');
  for (int shift = 60; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
}

static void answer(void) {
  put('\n');
  system_call(WRITE, 1, (s64)output, output_end, 0, 0, 0);
  output_end = 0;
}

// ---- Commands

static void create(u32 m) {
  u8 *base = (u8 *)system_call(MMAP, 0, RESERVED, 0, PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
  context *c = (context *)base;
  u64 pages = number();
  pages_max[m] = (u32)number();
  u32 entries = (u32)number();
  if (system_call(MPROTECT, (s64)base, HEADER_BYTES + (pages << 16), PROT_RW, 0, 0, 0)) leave(2);
  *modules[m]->slot = m % MODULES_MAX;
  instances[m] = (instance){modules[m], library_globals, 0, dropped[m]};
  c->modules[m % MODULES_MAX] = &instances[m];
  c->memory_bytes = pages << 16;
  c->table_size = entries;
  c->stack_limit = (u64)__builtin_frame_address(0) - STACK_USED;
  c->guest = (void *)(u64)m;
  guests[m] = c;
}

static void write_memory(context *c) {
  u32 address = (u32)number();
  at_end_of_line();
  while (next() != '\n') {
    u8 value = 0;
    for (int i = 0; i < 2; i++, input_at++) {
      int digit = next();
      value = (u8)(value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10));
    }
    MEMORY[address++] = value;
  }
}

static void call(context *c, const module *m) {
  const function *f = &m->functions[number()];
  u64 values[VALUES_MAX] = {0};
  for (u32 i = 0; !at_end_of_line(); i++) values[i] = number();
  landing place;
  place.outer = 0;
  place.kind = ENTRY;
  place.trap = 0;
  running = c;
  if (set_landing(&place) == 0) {
    c->landing = &place;
    u64 result = f->type->enter(c, f->code, values);
    put('=');
    // Several results lie in the context; one was returned.
    put_number(result);
    for (u32 i = 0; i < 16; i++) put_number(c->values[i]);
  } else {
    put('!');
    put_number(place.trap);
  }
}

// A command that takes half a minute ends the program, and with it the test.
static void limit_time(void) {
  u64 once[4] = {0, 0, 30, 0};
  system_call(SETITIMER, 0, (s64)once, 0, 0, 0, 0);
}

static void obey(void) {
  int command = next();
  limit_time();
  while (next() > ' ') input_at++;
  u32 m = (u32)number();
  context *c = guests[m];
  switch (command) {
    case 'n': create(m); break;
    case 'g': { u64 index = number(); c->globals[index] = number(); break; }
    case 'd': write_memory(c); break;
    case 'e': {
      entry *e = &TABLE[number()];
      const function *f = &modules[m]->functions[number()];
      *e = (entry){f->type->type, f->code};
      break;
    }
    case 'c': call(c, modules[m]); break;
    case 'r': put('='); put_number(c->globals[number()]); break;
    default: leave(3);
  }
  while (next() != '\n') input_at++;
  input_at++;
  answer();
}

__attribute__((noreturn, used)) static void run(void) {
  handle_faults();
  for (;;) obey();
}

__attribute__((naked, noreturn)) void _start(void) {
#if defined(__x86_64__)
  __asm__("xorl %%ebp, %%ebp\n andq $-16, %%rsp\n call %P0" : : "i"(run));
#else
  __asm__("mov x29, #0\n bl %0" : : "i"(run));
#endif
}
