package io.github.jdbcpglite.build.clang;

import java.util.ArrayList;
import java.util.List;

/** A platform that native code is made for. */
public enum NativeTarget {
    /** Linux with any C library, on processors with SSE 4.2. */
    LINUX_X86_64("linux-x86_64", "x86_64-unknown-linux-gnu", List.of("-fPIC", "-march=x86-64-v2")),
    /** Linux on 64-bit ARM; x18 may belong to the system. */
    LINUX_AARCH64("linux-aarch64", "aarch64-unknown-linux-gnu", List.of("-fPIC", "-ffixed-x18")),
    /** macOS on Apple's processors. */
    MACOS_AARCH64("macos-aarch64", "arm64-apple-macos11", List.of("-fPIC")),
    /** macOS on Intel's processors. */
    MACOS_X86_64("macos-x86_64", "x86_64-apple-macos11", List.of("-fPIC", "-march=x86-64-v2")),
    /** Windows; its exceptions need unwind tables, and all its code is position independent. */
    WINDOWS_X86_64(
            "windows-x86_64",
            "x86_64-pc-windows-msvc",
            List.of("-march=x86-64-v2", "-fasynchronous-unwind-tables"));

    /**
     * C as translated modules are written in it: integers wrap, any type may alias any other,
     * floats are not fused, a recursion without end runs out of stack, and nothing is needed at run
     * time that the code itself does not bring.
     */
    private static final List<String> FLAGS =
            List.of(
                    "-std=gnu17",
                    "-O2",
                    "-ffreestanding",
                    "-fno-strict-aliasing",
                    "-fwrapv",
                    "-ffp-contract=off",
                    "-fno-math-errno",
                    "-fno-optimize-sibling-calls",
                    "-fvisibility=hidden",
                    "-fno-stack-protector",
                    "-fomit-frame-pointer",
                    "-fno-unwind-tables",
                    "-fno-asynchronous-unwind-tables",
                    "-fno-ident",
                    // Translated code gives reason for many warnings; these are errors of the
                    // runtime.
                    "-Wno-everything",
                    "-Werror=implicit-function-declaration",
                    "-Werror=incompatible-pointer-types",
                    "-Werror=int-conversion");

    private final String id;
    private final String triple;
    private final List<String> ownFlags;

    NativeTarget(String id, String triple, List<String> ownFlags) {
        this.id = id;
        this.triple = triple;
        this.ownFlags = ownFlags;
    }

    /** Returns the name in file names and on command lines: system, hyphen, processor. */
    public String id() {
        return id;
    }

    /** Returns the flags of the compiler, to which more can be appended. */
    List<String> compilerFlags() {
        List<String> flags = new ArrayList<>();
        flags.add("--target=" + triple);
        flags.addAll(FLAGS);
        flags.addAll(ownFlags);
        return flags;
    }

    /** Returns the file name of a shared library. */
    public String libraryName(String name) {
        return switch (this) {
            case LINUX_X86_64, LINUX_AARCH64 -> "lib" + name + ".so";
            case MACOS_AARCH64, MACOS_X86_64 -> "lib" + name + ".dylib";
            case WINDOWS_X86_64 -> name + ".dll";
        };
    }

    /** Returns the name of the system: {@code linux}, {@code macos} or {@code windows}. */
    public String system() {
        return id.substring(0, id.indexOf('-'));
    }

    boolean isLinux() {
        return this == LINUX_X86_64 || this == LINUX_AARCH64;
    }
}
