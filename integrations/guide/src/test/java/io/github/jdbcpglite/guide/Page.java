package io.github.jdbcpglite.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of a page for users: its blocks of Java that begin with a package or an import,
 * which are whole files, and what the page says that they print.
 */
final class Page {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```(java|sql)\\R(.*?)^```$(?:\\s+prints[^\\n]*\\s+```text\\R(.*?)^```$)?",
                    Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CLASS =
            Pattern.compile("^(?:public )?(?:final )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern SCRIPT_NAME = Pattern.compile("^-- (\\S+\\.sql)\\R");

    private final Path path;
    private final List<Program> programs = new ArrayList<>();
    private final List<Script> scripts = new ArrayList<>();

    /**
     * A whole file of Java.
     *
     * @param name of its class, with the package
     * @param prints what the page says that it prints, or nothing
     */
    record Program(String name, String text, String prints) {
        String fileName() {
            return name.substring(name.lastIndexOf('.') + 1) + ".java";
        }

        boolean hasMain() {
            return text.contains("static void main(");
        }
    }

    /** A script whose first line is its name. */
    record Script(String name, String text) {}

    private Page(Path path) throws IOException {
        this.path = path;
        Matcher blocks = BLOCK.matcher(Files.readString(path));
        while (blocks.find()) {
            String text = blocks.group(2);
            if (blocks.group(1).equals("sql")) {
                Matcher name = SCRIPT_NAME.matcher(text);
                if (name.find()) {
                    scripts.add(new Script(name.group(1), text));
                }
            } else if (text.startsWith("import ") || text.startsWith("package ")) {
                Matcher name = CLASS.matcher(text);
                if (!name.find()) {
                    throw new IllegalStateException("no class in " + path + ": " + text);
                }
                String prints = blocks.group(3) == null ? "" : blocks.group(3);
                Matcher place = PACKAGE.matcher(text);
                String inPackage = place.lookingAt() ? place.group(1) + "." : "";
                programs.add(new Program(inPackage + name.group(1), text, prints));
            }
        }
    }

    /** Returns the pages that have programs. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            List<Path> sorted =
                    Stream.concat(Stream.of(ROOT.resolve("README.md")), files.sorted())
                            .filter(file -> file.toString().endsWith(".md"))
                            .toList();
            for (Path file : sorted) {
                Page page = new Page(file);
                if (!page.programs.isEmpty()) {
                    pages.add(page);
                }
            }
        }
        return pages;
    }

    List<Program> programs() {
        return programs;
    }

    List<Script> scripts() {
        return scripts;
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
