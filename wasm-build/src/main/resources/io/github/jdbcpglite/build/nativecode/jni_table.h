// The functions of JNI that are used, by their index in the table that every JNIEnv begins with.
// See the Java Native Interface Specification, chapter 4; indexes have not changed since 1.1, and
// those above 228 not since 1.4. Written out so that no JDK's headers are needed for any target.
#pragma once

#include "guest.h"

typedef void *object;
typedef u8 boolean;

typedef union value {
  s32 i;
  s64 j;
  object l;
} value;

#define JNI_VERSION_1_8 0x00010008

#define JNI_CALL(env, index, type) ((type)((*(void *const *const *)(env))[index]))

static inline object jni_find_class(void *env, const char *name) {
  return JNI_CALL(env, 6, object (*)(void *, const char *))(env, name);
}

static inline object jni_exception(void *env) {
  return JNI_CALL(env, 15, object (*)(void *))(env);
}

static inline void jni_clear_exception(void *env) {
  JNI_CALL(env, 17, void (*)(void *))(env);
}

static inline object jni_new_global(void *env, object local) {
  return JNI_CALL(env, 21, object (*)(void *, object))(env, local);
}

static inline void jni_delete_local(void *env, object local) {
  JNI_CALL(env, 23, void (*)(void *, object))(env, local);
}

static inline boolean jni_is_instance(void *env, object thing, object class) {
  return JNI_CALL(env, 32, boolean (*)(void *, object, object))(env, thing, class);
}

static inline void *jni_static_method(
    void *env, object class, const char *name, const char *type) {
  return JNI_CALL(env, 113, void *(*)(void *, object, const char *, const char *))(
      env, class, name, type);
}

static inline s32 jni_call_static_int(void *env, object class, void *method, const value *args) {
  return JNI_CALL(env, 131, s32 (*)(void *, object, void *, const value *))(
      env, class, method, args);
}

static inline s64 jni_call_static_long(void *env, object class, void *method, const value *args) {
  return JNI_CALL(env, 134, s64 (*)(void *, object, void *, const value *))(
      env, class, method, args);
}

static inline void jni_call_static_void(void *env, object class, void *method, const value *args) {
  JNI_CALL(env, 143, void (*)(void *, object, void *, const value *))(env, class, method, args);
}

static inline object jni_new_string(void *env, const char *utf) {
  return JNI_CALL(env, 167, object (*)(void *, const char *))(env, utf);
}

static inline s32 jni_array_length(void *env, object array) {
  return JNI_CALL(env, 171, s32 (*)(void *, object))(env, array);
}

static inline object jni_new_longs(void *env, s32 count) {
  return JNI_CALL(env, 180, object (*)(void *, s32))(env, count);
}

static inline void jni_get_bytes(void *env, object array, s32 from, s32 count, s8 *values) {
  JNI_CALL(env, 200, void (*)(void *, object, s32, s32, s8 *))(env, array, from, count, values);
}

static inline void jni_set_bytes(
    void *env, object array, s32 from, s32 count, const s8 *values) {
  JNI_CALL(env, 208, void (*)(void *, object, s32, s32, const s8 *))(
      env, array, from, count, values);
}

static inline void jni_get_ints(void *env, object array, s32 from, s32 count, s32 *values) {
  JNI_CALL(env, 203, void (*)(void *, object, s32, s32, s32 *))(env, array, from, count, values);
}

static inline void jni_set_longs(
    void *env, object array, s32 from, s32 count, const s64 *values) {
  JNI_CALL(env, 212, void (*)(void *, object, s32, s32, const s64 *))(
      env, array, from, count, values);
}

static inline boolean jni_has_exception(void *env) {
  return JNI_CALL(env, 228, boolean (*)(void *))(env);
}

static inline object jni_new_buffer(void *env, void *address, s64 bytes) {
  return JNI_CALL(env, 229, object (*)(void *, void *, s64))(env, address, bytes);
}

static inline s32 vm_env(void *vm, void **env) {
  return JNI_CALL(vm, 6, s32 (*)(void *, void **, s32))(vm, env, JNI_VERSION_1_8);
}
