// The native methods of io.github.jdbcpglite.engine.nativecode.Native that know no system: modules,
// the function table, calls into guests.
#include "engine.h"

static object upcall_class;
static void *upcall_method;
static void *throw_method;
static object longjmp_class;

__thread context *current_guest;

EXPORTED s32 JNI_OnLoad(void *vm, void *reserved) {
  (void)reserved;
  void *env;
  if (vm_env(vm, &env) != 0) {
    return -1;
  }
  object upcalls = jni_find_class(env, PACKAGE "Upcalls");
  object longjmp = upcalls ? jni_find_class(env, PACKAGE "LongjmpException") : 0;
  if (!longjmp) {
    return -1;
  }
  upcall_class = jni_new_global(env, upcalls);
  longjmp_class = jni_new_global(env, longjmp);
  upcall_method = jni_static_method(env, upcalls, "call", "(Ljava/lang/Object;III)J");
  throw_method = upcall_method ? jni_static_method(env, upcalls, "raise", "(I)V") : 0;
  return throw_method ? JNI_VERSION_1_8 : -1;
}

void prepare_context(context *c) {
  c->upcall_class = upcall_class;
  c->upcall_method = upcall_method;
  c->longjmp_class = longjmp_class;
  c->free = (sizeof(context) + 15) & ~15ull;
}

// Where Java finds what it reads and writes in a header itself.
NATIVE(object, layout)(void *env, object class) {
  (void)class;
  const s64 offsets[] = {
      HEADER_BYTES,
      __builtin_offsetof(context, values),
      VALUES_MAX,
      __builtin_offsetof(context, stack_pointer),
      __builtin_offsetof(context, globals),
      MAIN_GLOBALS_MAX,
      TABLE_MAX,
      MODULES_MAX,
  };
  s32 count = sizeof(offsets) / sizeof(*offsets);
  object array = jni_new_longs(env, count);
  if (array) {
    jni_set_longs(env, array, 0, count, offsets);
  }
  return array;
}

NATIVE(s64, module)(void *env, object class, s64 at, s32 index) {
  (void)env, (void)class;
  return (s64)((const library *)at)->modules[index];
}

NATIVE(void, bind)(void *env, object class, s64 at, s32 slot) {
  (void)env, (void)class;
  *((const module *)at)->slot = (u32)slot;
}

NATIVE(object, moduleName)(void *env, object class, s64 at) {
  (void)class;
  return jni_new_string(env, ((const module *)at)->name);
}

NATIVE(object, moduleDescription)(void *env, object class, s64 at) {
  (void)class;
  const module *m = (const module *)at;
  return jni_new_buffer(env, (void *)m->description, m->description_bytes);
}

// Adds an instance of a module to a guest; returns the offset of its globals in the header, or 0 if
// there is no room.
NATIVE(s64, newInstance)(void *env, object class, s64 at, s64 address, s32 slot) {
  (void)env, (void)class;
  context *c = (context *)at;
  const module *m = (const module *)address;
  u64 globals = c->free + sizeof(instance);
  u64 imports = globals + m->global_count * sizeof(u64);
  u64 dropped = imports + m->import_count * sizeof(void *);
  u64 end = dropped + m->segment_count;
  if (end > TABLE_OFFSET) {
    return 0;
  }
  instance *made = (instance *)((u8 *)c + c->free);
  made->module = m;
  made->globals = (u64 *)((u8 *)c + globals);
  made->imports = (void **)((u8 *)c + imports);
  made->dropped = (u8 *)c + dropped;
  for (u32 i = 0; i < m->import_count; i++) {
    made->imports[i] = m->functions[i].code;
  }
  c->modules[slot] = made;
  c->free = (end + 15) & ~15ull;
  return (s64)globals;
}

static const function *function_of(context *c, s32 slot, s32 number) {
  return &c->modules[slot]->module->functions[number];
}

// The code of a function. That of an imported one is what the instance's import is bound to.
static void *code_of(context *c, s32 slot, s32 number) {
  const instance *of = c->modules[slot];
  return (u32)number < of->module->import_count
      ? of->imports[number]
      : of->module->functions[number].code;
}

// Makes an import of an instance call a function of another one.
NATIVE(void, bindImport)(void *env, object class, s64 at, s32 slot, s32 import, s32 to, s32 number) {
  (void)env, (void)class;
  context *c = (context *)at;
  c->modules[slot]->imports[import] = code_of(c, to, number);
}

NATIVE(void, setThrew)(void *env, object class, s64 at, s32 slot, s32 number) {
  (void)env, (void)class;
  context *c = (context *)at;
  c->set_threw = (void (*)(context *, u32, u32))code_of(c, slot, number);
}

NATIVE(s32, growTable)(void *env, object class, s64 at, s32 count) {
  (void)env, (void)class;
  context *c = (context *)at;
  u32 before = c->table_size;
  if (count < 0 || (u32)count > TABLE_MAX - before) {
    return -1;
  }
  c->table_size = before + (u32)count;
  return (s32)before;
}

static void set_entry(context *c, u32 index, s32 slot, s32 number) {
  entry *e = &((entry *)((u8 *)c + TABLE_OFFSET))[index];
  e->type = function_of(c, slot, number)->type->type;
  e->code = code_of(c, slot, number);
}

NATIVE(void, setEntry)(void *env, object class, s64 at, s32 index, s32 slot, s32 number) {
  (void)env, (void)class;
  context *c = (context *)at;
  set_entry(c, (u32)index, slot, number);
}

// Sets the first entries to functions of one instance; those with a negative number stay empty.
NATIVE(void, setTable)(void *env, object class, s64 at, s32 slot, object numbers) {
  (void)class;
  context *c = (context *)at;
  s32 chunk[512];
  s32 count = jni_array_length(env, numbers);
  for (s32 from = 0; from < count; from += 512) {
    s32 n = count - from < 512 ? count - from : 512;
    jni_get_ints(env, numbers, from, n, chunk);
    for (s32 i = 0; i < n; i++) {
      if (chunk[i] >= 0) {
        set_entry(c, (u32)(from + i), slot, chunk[i]);
      }
    }
  }
}

// Sets an entry to the code that calls a host function; returns its number, which an upcall names,
// or -1 if the module has no more for this type.
NATIVE(s32, setCallback)(void *env, object class, s64 at, s32 index, s32 slot, s64 type, s32 nth) {
  (void)env, (void)class;
  context *c = (context *)at;
  const module *m = c->modules[slot]->module;
  for (u32 i = 0; i < m->callback_count; i++) {
    if (m->callbacks[i].type == (signature)type && (u32)nth < CALLBACKS) {
      entry *e = &((entry *)((u8 *)c + TABLE_OFFSET))[index];
      e->type = (signature)type;
      e->code = m->callbacks[i].code[nth];
      return (s32)(i * CALLBACKS + (u32)nth);
    }
  }
  return -1;
}

// Where the outermost call of this thread into a guest began.
static __thread u64 stack_start;

// What is kept aside while translated code runs.
typedef struct crossing {
  landing here;
  void *jni;
  void *guest;
  u64 stack_limit;
  context *current;
} crossing;

static s64 enter_guest(
    void *env, context *c, object guest, void *code, enter enter_code) {
  crossing saved;
  saved.here.outer = c->landing;
  saved.here.kind = ENTRY;
  saved.here.trap = 0;
  saved.jni = c->jni;
  saved.guest = c->guest;
  saved.stack_limit = c->stack_limit;
  saved.current = current_guest;
  c->landing = &saved.here;
  c->jni = env;
  c->guest = guest;
  if (!saved.here.outer) {
    c->stack_limit = stack_limit();
  }
  if (!saved.current) {
    stack_start = (u64)__builtin_frame_address(0);
  }
  current_guest = c;
  s64 result = 0;
  if (set_landing(&saved.here) == 0) {
    result = (s64)enter_code(c, code, c->values);
  }
  c->landing = saved.here.outer;
  c->jni = saved.jni;
  c->guest = saved.guest;
  c->stack_limit = saved.stack_limit;
  current_guest = saved.current;
  if (UNLIKELY(saved.here.trap)) {
    value args[1] = {{.i = (s32)saved.here.trap}};
    jni_call_static_void(env, upcall_class, throw_method, args);
  }
  return result;
}

NATIVE(s64, call)(void *env, object class, s64 at, object guest, s32 slot, s32 number) {
  (void)class;
  context *c = (context *)at;
  enter enter_code = function_of(c, slot, number)->type->enter;
  return enter_guest(env, c, guest, code_of(c, slot, number), enter_code);
}

// Returns how many bytes of the stack a guest of this thread has left.
NATIVE(s64, stackLeft)(void *env, object class, s64 at) {
  (void)env, (void)class;
  return (s64)((u64)__builtin_frame_address(0) - ((context *)at)->stack_limit);
}

NATIVE(s64, stackUsed)(void *env, object class) {
  (void)env, (void)class;
  return (s64)(stack_start - (u64)__builtin_frame_address(0));
}
