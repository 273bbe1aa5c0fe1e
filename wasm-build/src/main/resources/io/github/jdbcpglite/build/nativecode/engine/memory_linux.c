// Linear memory and its images on Linux: files without a name, mapped where guests see them.
#include "engine.h"
#include "posix.h"

#define MFD_CLOEXEC 1
#define O_RDONLY 0
#define O_CLOEXEC 02000000
#define SEEK_DATA 3
#define SEEK_HOLE 4
#define MADV_POPULATE_WRITE 23

// In the kernel's struct stat of x86-64 and AArch64, counted in longs. glibc has had a function for
// it since 2.33 alone.
#define STAT_LONGS 18
#define ST_BLOCKS 8
#if defined(__x86_64__)
#define SYS_FSTAT 5
#elif defined(__aarch64__)
#define SYS_FSTAT 80
#endif

s64 syscall(s64 number, ...);
s32 madvise(void *address, u64 bytes, s32 advice);
s32 memfd_create(const char *name, u32 flags);
s32 open(const char *path, s32 flags, ...);

#define WASM_PAGE 0x10000ull
#define SYSTEM_PAGE 0x1000ull
#define PARTS (WASM_PAGE / SYSTEM_PAGE)

// Every address that an instruction can name: 32 bits, its constant's 32 bits, and one access.
#define RESERVED_BYTES (HEADER_BYTES + 0x200000000ull + WASM_PAGE)

// Flags of an entry of /proc/self/pagemap, see Documentation/admin-guide/mm/pagemap.rst: whether a
// page is there, and whether it is a file's (or shared memory's) and not this process's own.
#define PAGE_PRESENT (1ull << 63)
#define PAGE_SWAPPED (1ull << 62)
#define PAGE_OF_FILE (1ull << 61)

static u8 *memory_of(s64 at) { return (u8 *)at + HEADER_BYTES; }

NATIVE(s64, reserve)(void *env, object class) {
  (void)env, (void)class;
  u8 *at = mmap(0, RESERVED_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) {
    return 0;
  }
  if (mprotect(at, HEADER_BYTES, PROT_READ | PROT_WRITE) != 0) {
    munmap(at, RESERVED_BYTES);
    return 0;
  }
  prepare_context((context *)at);
  return (s64)at;
}

NATIVE(void, release)(void *env, object class, s64 at) {
  (void)env, (void)class;
  munmap((void *)at, RESERVED_BYTES);
}

NATIVE(object, buffer)(void *env, object class, s64 at, s64 bytes) {
  (void)class;
  return jni_new_buffer(env, (void *)at, bytes);
}

NATIVE(void, setBytes)(void *env, object class, s64 at, s64 bytes) {
  (void)env, (void)class;
  ((context *)at)->memory_bytes = (u64)bytes;
}

// Makes a file of zeros that has no name; returns -1 if there can be none.
NATIVE(s32, newFile)(void *env, object class, s64 bytes) {
  (void)env, (void)class;
  s32 file = memfd_create("jdbc-pglite", MFD_CLOEXEC);
  if (file >= 0 && ftruncate(file, bytes) != 0) {
    close(file);
    return -1;
  }
  return file;
}

NATIVE(void, closeFile)(void *env, object class, s32 file) {
  (void)env, (void)class;
  close(file);
}

// Reads some bytes of a file, at most a page, into an array.
NATIVE(boolean, readFile)(void *env, object class, s32 file, s64 at, object bytes, s32 length) {
  (void)class;
  s8 part[WASM_PAGE];
  if (pread(file, part, (u64)length, at) != length) {
    return 0;
  }
  jni_set_bytes(env, bytes, 0, length, part);
  return 1;
}

// Writes some bytes of an array, at most a page, into a file.
NATIVE(boolean, writeFile)(void *env, object class, s32 file, s64 at, object bytes, s32 length) {
  (void)class;
  s8 part[WASM_PAGE];
  jni_get_bytes(env, bytes, 0, length, part);
  return pwrite(file, part, (u64)length, at) == length;
}

// Returns where the next bytes of a file are that are no hole.
NATIVE(s64, nextData)(void *env, object class, s32 file, s64 from) {
  (void)env, (void)class;
  return lseek(file, from, SEEK_DATA);
}

static boolean map_pages(s64 at, s64 first, s64 count, s32 flags, s32 file, s64 offset) {
  return mmap(memory_of(at) + (u64)first * WASM_PAGE, (u64)count * WASM_PAGE,
              PROT_READ | PROT_WRITE, flags | MAP_FIXED | MAP_NORESERVE, file, offset)
      != MAP_FAILED;
}

NATIVE(boolean, mapZeros)(void *env, object class, s64 at, s32 first, s32 count) {
  (void)env, (void)class;
  return map_pages(at, first, count, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

// Shows pages of a file, each at its own index, copied when they are written.
NATIVE(boolean, mapImage)(void *env, object class, s64 at, s32 first, s32 count, s32 file) {
  (void)env, (void)class;
  return map_pages(at, first, count, MAP_PRIVATE, file, (off)((u64)first * WASM_PAGE));
}

// Shows pages of a file from one of its pages on, as everybody sees them.
NATIVE(boolean, mapShared)(
    void *env, object class, s64 at, s32 first, s32 count, s32 file, s32 filePage) {
  (void)env, (void)class;
  return map_pages(at, first, count, MAP_SHARED, file, (off)((u64)filePage * WASM_PAGE));
}

static boolean is_zero(const u8 *bytes) {
  return bytes[0] == 0 && memcmp(bytes, bytes + 1, WASM_PAGE - 1) == 0;
}

#define IS_HERE 1
#define IS_OWN 2

static u64 flags_of(u64 part) {
  boolean is_here = (part & (PAGE_PRESENT | PAGE_SWAPPED)) != 0;
  return is_here ? IS_HERE | (part & PAGE_OF_FILE ? 0 : IS_OWN) : 0;
}

// Reads the entries of the parts of some pages.
static boolean read_parts(s32 pagemap, s64 at, u32 page, u32 count, u64 *parts) {
  u64 address = (u64)memory_of(at) + page * WASM_PAGE;
  u64 bytes = count * PARTS * sizeof(u64);
  return pread(pagemap, parts, bytes, (off)(address / SYSTEM_PAGE * sizeof(u64))) == (s64)bytes;
}

// The flags of one page of linear memory, those of its parts together.
static boolean read_flags(s32 pagemap, s64 at, u32 page, u64 *flags) {
  u64 parts[PARTS];
  if (!read_parts(pagemap, at, page, 1, parts)) {
    return 0;
  }
  *flags = 0;
  for (u32 i = 0; i < PARTS; i++) {
    *flags |= flags_of(parts[i]);
  }
  return 1;
}

// Returns whether a page is neither here nor in the image that shows there.
static boolean is_untouched(s32 pagemap, s64 at, u32 page, s32 image) {
  u64 flags;
  if (!read_flags(pagemap, at, page, &flags) || (flags & IS_HERE)) {
    return 0;
  }
  off offset = (off)(page * WASM_PAGE);
  off data = lseek(image, offset, SEEK_DATA);
  return data < 0 || (u64)data >= (u64)offset + WASM_PAGE;
}

// How many pages' flags are read at a time.
#define CHUNK 64

// Says of each of the system's pages, a byte for each, whether this memory has it alone. Returns
// false if the system does not tell.
NATIVE(boolean, ownUnits)(void *env, object class, s64 at, object result) {
  (void)class;
  s32 pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (pagemap < 0) {
    return 0;
  }
  s32 count = (s32)((u32)jni_array_length(env, result) / PARTS);
  boolean done = 1;
  for (s32 from = 0; from < count && done; from += CHUNK) {
    s32 n = count - from < CHUNK ? count - from : CHUNK;
    u64 parts[CHUNK * PARTS];
    s8 own[CHUNK * PARTS];
    done = read_parts(pagemap, at, (u32)from, (u32)n, parts);
    for (u32 i = 0; i < (u32)n * PARTS && done; i++) {
      own[i] = (flags_of(parts[i]) & IS_OWN) != 0;
    }
    if (done) {
      jni_set_bytes(env, result, from * (s32)PARTS, n * (s32)PARTS, own);
    }
  }
  close(pagemap);
  return done;
}

// Gives the memory some of the system's pages, with what they show, so that no store has to stop
// for them. Returns false if the system cannot (Linux before 5.14).
NATIVE(boolean, makeOwn)(void *env, object class, s64 at, s32 first, s32 count) {
  (void)env, (void)class;
  u8 *address = memory_of(at) + (u64)first * SYSTEM_PAGE;
  return madvise(address, (u64)count * SYSTEM_PAGE, MADV_POPULATE_WRITE) == 0;
}

// Writes into a file, each at its own index, the pages of a range that are not zeros. Of a page
// that nobody has touched here, what `image` has of it counts; if that is negative, all are read.
NATIVE(boolean, save)(
    void *env, object class, s64 at, s32 first, s32 count, s32 to, s32 image) {
  (void)env, (void)class;
  s32 pagemap = image < 0 ? -1 : open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  boolean done = 1;
  for (s32 i = first; i < first + count && done; i++) {
    off offset = (off)((u64)i * WASM_PAGE);
    if (pagemap >= 0 && is_untouched(pagemap, at, (u32)i, image)) {
      continue;
    }
    const u8 *page = memory_of(at) + offset;
    if (!is_zero(page)) {
      done = pwrite(to, page, WASM_PAGE, offset) == (s64)WASM_PAGE;
    }
  }
  if (pagemap >= 0) {
    close(pagemap);
  }
  return done;
}

// Copies the bytes of a range from one file to another; through a buffer, since a mapping costs a
// fault for each page.
static boolean copy_range(s32 from, s32 to, off at, off end) {
  u8 part[WASM_PAGE];
  while (at < end) {
    u64 wanted = (u64)(end - at) < sizeof part ? (u64)(end - at) : sizeof part;
    s64 count = pread(from, part, wanted, at);
    if (count <= 0 || pwrite(to, part, (u64)count, at) != count) {
      return 0;
    }
    at += count;
  }
  return 1;
}

// Copies the data of one file to another.
NATIVE(boolean, copyFile)(void *env, object class, s32 from, s32 to, s64 bytes) {
  (void)env, (void)class;
  boolean done = 1;
  off at = lseek(from, 0, SEEK_DATA);
  while (done && at >= 0 && at < bytes) {
    off end = lseek(from, at, SEEK_HOLE);
    done = copy_range(from, to, at, end);
    at = lseek(from, end, SEEK_DATA);
  }
  return done;
}

// Returns how many bytes a file occupies.
NATIVE(s64, occupied)(void *env, object class, s32 file) {
  (void)env, (void)class;
  s64 status[STAT_LONGS];
  if (syscall(SYS_FSTAT, (s64)file, status) != 0) {
    return 0;
  }
  return status[ST_BLOCKS] * 512;
}

NATIVE(boolean, installFaultHandler)(void *env, object class) {
  (void)env, (void)class;
  return (boolean)install_fault_handler();
}

NATIVE(boolean, addCode)(void *env, object class, s64 at) {
  (void)env, (void)class;
  const library *added = (const library *)at;
  return (boolean)add_code(added->code_start, added->code_end);
}
