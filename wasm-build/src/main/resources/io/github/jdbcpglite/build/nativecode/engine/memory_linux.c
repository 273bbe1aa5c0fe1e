// Linear memory and its images on Linux: files without a name, mapped where guests see them.
#include "engine.h"
#include "posix.h"

#define MFD_CLOEXEC 1
#define O_RDONLY 0
#define O_CLOEXEC 02000000
#define SEEK_DATA 3
#define SEEK_HOLE 4

// In struct stat of x86-64 and AArch64, counted in longs.
#define STAT_LONGS 18
#define ST_BLOCKS 8

s32 fstat(s32 file, s64 *status);
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

// Maps a whole file for the host; returns 0 if it cannot.
NATIVE(s64, mapFile)(void *env, object class, s32 file, s64 bytes) {
  (void)env, (void)class;
  void *at = mmap(0, (u64)bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return at == MAP_FAILED ? 0 : (s64)at;
}

NATIVE(void, unmap)(void *env, object class, s64 address, s64 bytes) {
  (void)env, (void)class;
  munmap((void *)address, (u64)bytes);
}

// Returns how many bytes a file has that are not holes.
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

// The flags of one page of linear memory, those of its parts together.
static u64 flags_of(const u64 *parts) {
  u64 flags = 0;
  for (u32 i = 0; i < PARTS; i++) {
    boolean is_here = (parts[i] & (PAGE_PRESENT | PAGE_SWAPPED)) != 0;
    flags |= is_here ? 1 : 0;
    flags |= is_here && !(parts[i] & PAGE_OF_FILE) ? 2 : 0;
  }
  return flags;
}

#define IS_HERE 1
#define IS_OWN 2

// Reads the entries of the parts of some pages.
static boolean read_parts(s32 pagemap, s64 at, u32 page, u32 count, u64 *parts) {
  u64 address = (u64)memory_of(at) + page * WASM_PAGE;
  u64 bytes = count * PARTS * sizeof(u64);
  return pread(pagemap, parts, bytes, (off)(address / SYSTEM_PAGE * sizeof(u64))) == (s64)bytes;
}

static boolean read_flags(s32 pagemap, s64 at, u32 page, u64 *flags) {
  u64 parts[PARTS];
  if (!read_parts(pagemap, at, page, 1, parts)) {
    return 0;
  }
  *flags = flags_of(parts);
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

// Says of each page, a byte for each, whether this memory has it alone. Returns false if the system
// does not tell.
NATIVE(boolean, ownPages)(void *env, object class, s64 at, object result) {
  (void)class;
  s32 pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (pagemap < 0) {
    return 0;
  }
  s32 count = jni_array_length(env, result);
  boolean done = 1;
  for (s32 from = 0; from < count && done; from += CHUNK) {
    s32 n = count - from < CHUNK ? count - from : CHUNK;
    u64 parts[CHUNK * PARTS];
    s8 own[CHUNK];
    done = read_parts(pagemap, at, (u32)from, (u32)n, parts);
    for (s32 i = 0; i < n && done; i++) {
      own[i] = (flags_of(parts + i * PARTS) & IS_OWN) != 0;
    }
    if (done) {
      jni_set_bytes(env, result, from, n, own);
    }
  }
  close(pagemap);
  return done;
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

// Copies the data of one file to another.
NATIVE(boolean, copyFile)(void *env, object class, s32 from, s32 to, s64 bytes) {
  (void)env, (void)class;
  u8 *source = mmap(0, (u64)bytes, PROT_READ, MAP_SHARED, from, 0);
  if (source == MAP_FAILED) {
    return 0;
  }
  boolean done = 1;
  off at = lseek(from, 0, SEEK_DATA);
  while (done && at >= 0 && at < bytes) {
    off end = lseek(from, at, SEEK_HOLE);
    done = pwrite(to, source + at, (u64)(end - at), at) == end - at;
    at = lseek(from, end, SEEK_DATA);
  }
  munmap(source, (u64)bytes);
  return done;
}

// Returns how many bytes a file occupies.
NATIVE(s64, occupied)(void *env, object class, s32 file) {
  (void)env, (void)class;
  s64 status[STAT_LONGS];
  if (fstat(file, status) != 0) {
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
