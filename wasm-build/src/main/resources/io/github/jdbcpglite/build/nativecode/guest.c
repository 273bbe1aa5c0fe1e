// What the code of translated modules calls. Each library of modules has a copy of its own, so that
// no library depends on another.
#include "guest.h"
#include "jni_table.h"

#ifdef _WIN32
#define EXPORTED __attribute__((dllexport))
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

// Of a library of modules: which they are, and where its code lies.
#ifdef __ELF__
extern HIDDEN const char __ehdr_start;
extern HIDDEN const char etext;
#define CODE_START &__ehdr_start
#define CODE_END &etext
#else
#define CODE_START 0
#define CODE_END 0
#endif
static const library this_library = {library_modules, CODE_START, CODE_END};

// What is thrown passes the code of invoke_*: only longjmp is for it.
static __attribute__((noreturn)) void leave(context *c, u32 code) {
  landing *place = c->landing;
  while (place->kind != ENTRY) {
    place = place->outer;
  }
  place->trap = code;
  go_to(place);
}

void trap(context *c, u32 code) { leave(c, code); }

void throw_longjmp(context *c) {
  if (c->landing->kind == INVOKE) {
    go_to(c->landing);
  }
  leave(c, LONGJMP);
}

void after_longjmp(context *c, u32 stack_pointer) {
  c->stack_pointer = stack_pointer;
  c->set_threw(c, 1, 0);
}

static u64 call_java(context *c, u32 slot, u32 import, u32 count) {
  value args[4] = {{.l = c->guest}, {.i = (s32)slot}, {.i = (s32)import}, {.i = (s32)count}};
  return (u64)jni_call_static_long(c->jni, c->upcall_class, c->upcall_method, args);
}

u64 call_host(context *c, u32 slot, u32 import, u32 count) {
  u64 result = call_java(c, slot, import, count);
  if (UNLIKELY(jni_has_exception(c->jni))) {
    object thrown = jni_exception(c->jni);
    boolean is_longjmp = jni_is_instance(c->jni, thrown, c->longjmp_class);
    jni_delete_local(c->jni, thrown);
    if (is_longjmp && c->landing->kind == INVOKE) {
      jni_clear_exception(c->jni);
      go_to(c->landing);
    }
    leave(c, 0);
  }
  return result;
}

u32 grow_memory(context *c, u32 pages) {
  c->values[0] = pages;
  return (u32)call_host(c, GROW_MEMORY, 0, 1);
}

// Tells the engine which modules this library has. The class that loads libraries is the one that
// FindClass looks up with its own loader here.
EXPORTED s32 JNI_OnLoad(void *vm, void *reserved) {
  (void)reserved;
  void *env;
  if (vm_env(vm, &env) != 0) {
    return -1;
  }
  object modules = jni_find_class(env, "io/github/jdbcpglite/engine/nativecode/NativeModules");
  if (!modules) {
    return -1;
  }
  void *add = jni_static_method(env, modules, "add", "(J)V");
  if (!add) {
    return -1;
  }
  value args[1] = {{.j = (s64)&this_library}};
  jni_call_static_void(env, modules, add, args);
  jni_delete_local(env, modules);
  return jni_has_exception(env) ? -1 : JNI_VERSION_1_8;
}
