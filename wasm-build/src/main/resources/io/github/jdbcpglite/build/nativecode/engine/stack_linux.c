// Where the stack of a thread ends, on Linux.
#include "engine.h"

// What is left to host functions, which run Java on the same stack, and to the JVM's own zones.
#define HOST_BYTES (512ull << 10)
#define SMALL_STACK (4ull << 20)
#define HOST_BYTES_OF_SMALL (192ull << 10)

// pthread_t and pthread_attr_t, whose contents are nobody's business.
typedef u64 thread;
typedef struct attributes {
  u64 opaque[16];
} attributes;

thread pthread_self(void);
s32 pthread_getattr_np(thread of, attributes *result);
s32 pthread_attr_getstack(const attributes *of, void **start, u64 *bytes);
s32 pthread_attr_destroy(attributes *of);

// Asked once of each thread: the system looks through its mappings for it.
static __thread u64 known_limit;

u64 stack_limit(void) {
  if (!known_limit) {
    attributes of;
    void *start = 0;
    u64 bytes = 0;
    if (pthread_getattr_np(pthread_self(), &of) == 0) {
      pthread_attr_getstack(&of, &start, &bytes);
      pthread_attr_destroy(&of);
    }
    known_limit = (u64)start + (bytes > SMALL_STACK ? HOST_BYTES : HOST_BYTES_OF_SMALL);
  }
  return known_limit;
}
