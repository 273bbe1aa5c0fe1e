;; Writes a file through the imports as Emscripten's libc does, with 64-bit positions, and returns
;; its size, or the first error number, negative.
(module
  (import "env" "memory" (memory 2 64))
  (import "env" "__syscall_openat" (func $openat (param i32 i32 i32 i32) (result i32)))
  (import "env" "__syscall_ftruncate64" (func $ftruncate (param i32 i64) (result i32)))
  (import "env" "__syscall_fstat64" (func $fstat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pwrite"
    (func $pwrite (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (table (export "__indirect_function_table") 1 funcref)
  (global (export "__stack_pointer") (mut i32) (i32.const 65536))
  (func (export "setThrew") (param i32 i32))

  (data (i32.const 1024) "/data/out\00")
  (data (i32.const 1040) "guest")
  (data (i32.const 1048) "\80\01\00\00")                  ;; mode 0600
  (data (i32.const 1056) "\10\04\00\00\05\00\00\00")      ;; iovec {1040, 5}

  ;; write(position): the size of the file afterwards
  (func (export "write") (param $position i64) (result i64)
    (local $fd i32) (local $error i32)
    (local.set $fd
      (call $openat (i32.const -100) (i32.const 1024) (i32.const 0x42) (i32.const 1048)))
    (if (i32.lt_s (local.get $fd) (i32.const 0))
      (then (return (i64.extend_i32_s (local.get $fd)))))
    (local.set $error
      (call $pwrite (local.get $fd) (i32.const 1056) (i32.const 1) (local.get $position)
        (i32.const 1072)))
    (if (local.get $error)
      (then (return (i64.sub (i64.const 0) (i64.extend_i32_u (local.get $error))))))
    (drop (call $fstat (local.get $fd) (i32.const 1088)))
    (local.set $error (call $close (local.get $fd)))
    (i64.load (i32.const 1112)))

  ;; truncate(fd, length): the result of the call
  (func (export "truncate") (param $fd i32) (param $length i64) (result i32)
    (call $ftruncate (local.get $fd) (local.get $length)))

  ;; tell(fd, distance): lseek(fd, distance, SEEK_CUR)
  (func (export "tell") (param $fd i32) (param $distance i64) (result i64)
    (drop (call $seek (local.get $fd) (local.get $distance) (i32.const 1) (i32.const 1184)))
    (i64.load (i32.const 1184))))
