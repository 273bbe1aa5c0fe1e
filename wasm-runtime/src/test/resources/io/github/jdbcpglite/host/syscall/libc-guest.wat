;; What host functions call back: an allocator, the second result register, a signal handler. And
;; floats across the boundary.
(module
  (import "env" "memory" (memory 2 64))
  (import "env" "getaddrinfo" (func $getaddrinfo (param i32 i32 i32 i32) (result i32)))
  (import "env" "emscripten_resize_heap" (func $resize (param i32) (result i32)))
  (import "env" "emscripten_get_now" (func $now (result f64)))
  (import "env" "_setitimer_js" (func $setitimer (param i32 f64) (result i32)))
  (import "env" "setTempRet0" (func $setTempRet (param i32)))
  (import "env" "getTempRet0" (func $getTempRet (result i32)))
  (import "env" "__call_sighandler" (func $signal (param i32 i32)))
  (import "env" "__syscall_socketpair" (func $unknown (result i32)))
  (table (export "__indirect_function_table") 2 funcref)
  (elem (i32.const 1) $handler)
  (global (export "__stack_pointer") (mut i32) (i32.const 65536))
  (func (export "setThrew") (param i32 i32))

  (global $break (mut i32) (i32.const 4096))
  (global $register (mut i32) (i32.const 0))
  (global $caught (mut i32) (i32.const 0))
  (data (i32.const 1024) "10.1.2.3\00")

  (func $malloc (export "malloc") (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $break))
    (global.set $break (i32.add (local.get $at)
      (i32.and (i32.add (local.get $size) (i32.const 15)) (i32.const -16))))
    (local.get $at))
  (func (export "emscripten_builtin_memalign") (param $alignment i32) (param $size i32)
    (result i32)
    (global.set $break (i32.and
      (i32.add (global.get $break) (i32.sub (local.get $alignment) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $alignment))))
    (call $malloc (local.get $size)))
  (func (export "free") (param i32))
  (func (export "_emscripten_tempret_set") (param i32) (global.set $register (local.get 0)))
  (func (export "_emscripten_tempret_get") (result i32) (global.get $register))
  (func $handler (param $number i32) (global.set $caught (local.get $number)))

  ;; look_up: the address in the result of getaddrinfo, or the error
  (func (export "look_up") (result i32)
    (local $error i32)
    (local.set $error
      (call $getaddrinfo (i32.const 1024) (i32.const 0) (i32.const 0) (i32.const 2048)))
    (if (local.get $error) (then (return (local.get $error))))
    (i32.load offset=4 (i32.load offset=20 (i32.load (i32.const 2048)))))

  ;; grow(size): the size of memory in wasm pages
  (func (export "grow") (param $size i32) (result i32)
    (drop (call $resize (local.get $size)))
    (memory.size))

  (func (export "now") (result f64) (call $now))
  (func (export "set_timer") (param $millis f64) (result i32)
    (call $setitimer (i32.const 0) (local.get $millis)))

  ;; second_result(value): what comes back of it
  (func (export "second_result") (param $value i32) (result i32)
    (call $setTempRet (local.get $value))
    (i32.add (call $getTempRet) (global.get $register)))

  ;; raise(signal): what the handler got
  (func (export "raise") (param $number i32) (result i32)
    (call $signal (i32.const 1) (local.get $number))
    (global.get $caught))

  (func (export "call_unknown") (result i32) (call $unknown)))
