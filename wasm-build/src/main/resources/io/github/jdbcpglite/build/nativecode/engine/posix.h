// What is used of the C library of Linux and macOS, without their headers. Names and values are
// POSIX's; numbers that differ are those of the system's own headers.
#pragma once

#include "../guest.h"

typedef s64 off;

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 0x10
#ifdef __APPLE__
#define MAP_ANONYMOUS 0x1000
#define MAP_NORESERVE 0x40
#else
#define MAP_ANONYMOUS 0x20
#define MAP_NORESERVE 0x4000
#endif
#define MAP_FAILED ((void *)-1)

void *mmap(void *address, u64 bytes, s32 protection, s32 flags, s32 file, off offset);
s32 munmap(void *address, u64 bytes);
s32 mprotect(void *address, u64 bytes, s32 protection);
s32 ftruncate(s32 file, off bytes);
s64 pread(s32 file, void *buffer, u64 bytes, off offset);
s64 pwrite(s32 file, const void *buffer, u64 bytes, off offset);
off lseek(s32 file, off offset, s32 whence);
s32 close(s32 file);
void *memcpy(void *to, const void *from, __SIZE_TYPE__ bytes);
void *memset(void *at, int value, __SIZE_TYPE__ bytes);
s32 memcmp(const void *one, const void *other, __SIZE_TYPE__ bytes);
