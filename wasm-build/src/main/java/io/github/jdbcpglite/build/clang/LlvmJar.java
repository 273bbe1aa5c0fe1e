package io.github.jdbcpglite.build.clang;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar with LLVM's programs for the machine that builds. */
final class LlvmJar {
    private static final int HASH_LENGTH = 16;

    private final Path jar;
    private final String platform;

    private LlvmJar(Path jar, String platform) {
        this.jar = jar;
        this.platform = platform;
    }

    /** Returns the classifier of the jar for this machine. */
    static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        String system =
                os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macosx" : "linux";
        return system + (arm ? "-arm64" : "-x86_64");
    }

    /** Looks for the jar on the class path. */
    static Optional<LlvmJar> find() {
        String platform = platform();
        URL clang = LlvmJar.class.getClassLoader().getResource(entryName(platform, "clang"));
        if (clang == null) {
            return Optional.empty();
        }
        try {
            URLConnection connection = clang.openConnection();
            if (connection instanceof JarURLConnection inJar) {
                return Optional.of(new LlvmJar(Path.of(inJar.getJarFileURL().getPath()), platform));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new PipelineException("cannot tell where " + clang + " is", e);
        }
    }

    private static String entryName(String platform, String file) {
        return "org/bytedeco/llvm/" + platform + "/" + file;
    }

    /** Returns a directory name that tells the contents of files. */
    String name(List<String> files) throws IOException {
        StringBuilder contents = new StringBuilder();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String file : files) {
                ZipEntry entry = entry(zip, file);
                contents.append(file).append(' ').append(entry.getSize());
                contents.append(' ').append(entry.getCrc()).append('\n');
            }
        }
        String hash = Hashes.ofBytes(contents.toString().getBytes(StandardCharsets.UTF_8));
        return "llvm-" + platform + "-" + hash.substring(0, HASH_LENGTH);
    }

    /** Copies files out of the jar. */
    void extract(List<String> files, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String file : files) {
                try (InputStream in = zip.getInputStream(entry(zip, file))) {
                    Files.copy(in, directory.resolve(file));
                }
            }
        }
    }

    private ZipEntry entry(ZipFile zip, String file) {
        ZipEntry entry = zip.getEntry(entryName(platform, file));
        if (entry == null) {
            throw new PipelineException(
                    jar + " has no " + file + "; clang can run on Linux only so far");
        }
        return entry;
    }
}
