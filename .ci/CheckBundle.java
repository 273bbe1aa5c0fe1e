import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks a bundle by the rules of Central, and by ours: {@code java CheckBundle.java BUNDLE
 * [--signed]}. With {@code --signed}, every file must have a signature that gpg accepts with the
 * keys of {@code GNUPGHOME}.
 *
 * <p>Prints every fault and ends with status 1 if there is one.
 */
public final class CheckBundle {
    private static final String GROUP = "io.github.jdbcpglite";
    private static final List<String> INHERITED =
            List.of(
                    "url",
                    "licenses/license/name",
                    "licenses/license/url",
                    "developers/developer/name",
                    "scm/connection",
                    "scm/developerConnection",
                    "scm/url");

    private final Path folder;
    private final boolean signed;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Element> poms = new TreeMap<>();

    private CheckBundle(Path folder, boolean signed) {
        this.folder = folder;
        this.signed = signed;
    }

    public static void main(String[] args) throws Exception {
        CheckBundle check =
                new CheckBundle(
                        Path.of(args[0]).resolve(GROUP.replace('.', '/')),
                        List.of(args).contains("--signed"));
        check.run();
        check.faults.forEach(System.out::println);
        System.out.println(check.poms.size() + " artifacts, " + check.faults.size() + " faults");
        System.exit(check.faults.isEmpty() ? 0 : 1);
    }

    private void run() throws Exception {
        for (Path file : files()) {
            if (file.toString().endsWith(".pom")) {
                poms.put(
                        file.getParent().getParent().getFileName().toString(),
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(file.toFile())
                                .getDocumentElement());
            }
        }
        require(poms.containsKey("jdbc-pglite"), "there is no jdbc-pglite");
        require(poms.containsKey("jdbc-pglite-bom"), "there is no jdbc-pglite-bom");
        for (Map.Entry<String, Element> pom : poms.entrySet()) {
            metadata(pom.getKey(), pom.getValue());
            dependencies(pom.getKey(), pom.getValue());
            jars(pom.getKey(), pom.getValue());
        }
        for (Path file : files()) {
            sums(file);
        }
    }

    private void metadata(String name, Element pom) {
        require(!text(pom, "name").isEmpty(), name + " has no name");
        require(!text(pom, "description").isEmpty(), name + " has no description");
        for (String path : INHERITED) {
            require(!inherited(pom, path).isEmpty(), name + " has no " + path);
        }
        require(
                !inherited(pom, "version").endsWith("-SNAPSHOT"),
                name + " is a snapshot, which Central does not take");
    }

    /** Whoever takes a jar must get what it needs from this bundle or from Central. */
    private void dependencies(String name, Element pom) {
        String parent = text(pom, "parent/artifactId");
        require(parent.isEmpty() || poms.containsKey(parent), name + " has a parent elsewhere");
        for (Element dependency : all(pom, "dependencies/dependency")) {
            String artifact = text(dependency, "artifactId");
            String scope = text(dependency, "scope");
            if (scope.isEmpty()) {
                scope = managedScope(pom, artifact);
            }
            boolean handedOn = scope.isEmpty() || scope.equals("compile") || scope.equals("runtime");
            if (text(dependency, "groupId").equals(GROUP) && handedOn) {
                require(poms.containsKey(artifact), name + " needs " + artifact);
            }
            require(
                    !text(dependency, "version").endsWith("-SNAPSHOT"),
                    name + " needs a snapshot of " + artifact);
        }
        for (Element managed : all(pom, "dependencyManagement/dependencies/dependency")) {
            String artifact = text(managed, "artifactId");
            if (name.equals("jdbc-pglite-bom")) {
                require(
                        poms.containsKey(artifact) || artifact.startsWith("jdbc-pglite-native"),
                        "the BOM has " + artifact + ", which is not here");
            }
        }
    }

    private void jars(String name, Element pom) throws IOException {
        String packaging = text(pom, "packaging");
        if (!packaging.isEmpty() && !packaging.equals("jar")) {
            return;
        }
        String version = inherited(pom, "version");
        Path home = folder.resolve(name).resolve(version);
        for (String classifier : List.of("", "-sources", "-javadoc")) {
            Path jar = home.resolve(name + "-" + version + classifier + ".jar");
            if (!Files.isRegularFile(jar)) {
                faults.add("there is no " + jar.getFileName());
                continue;
            }
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                long members = zip.stream().filter(entry -> !entry.isDirectory()).count();
                require(members > 1, jar.getFileName() + " is empty");
                if (classifier.isEmpty()) {
                    require(zip.getEntry("META-INF/LICENSE") != null, jar + " has no LICENSE");
                    require(zip.getEntry("META-INF/NOTICE") != null, jar + " has no NOTICE");
                }
            }
        }
        Path contents = home.resolve(name + "-" + version + "-cyclonedx.json");
        require(Files.isRegularFile(contents), "there is no " + contents.getFileName());
    }

    private void sums(Path file) throws Exception {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(md5|sha1|sha256|sha512|asc)") || name.startsWith("maven-metadata")) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        for (String[] kind : new String[][] {{"md5", "MD5"}, {"sha1", "SHA-1"}}) {
            Path sum = file.resolveSibling(name + "." + kind[0]);
            require(
                    Files.isRegularFile(sum)
                            && Files.readString(sum, StandardCharsets.US_ASCII)
                                    .strip()
                                    .equals(
                                            HexFormat.of()
                                                    .formatHex(
                                                            MessageDigest.getInstance(kind[1])
                                                                    .digest(bytes))),
                    name + " has no right " + kind[0]);
        }
        if (signed) {
            Path signature = file.resolveSibling(name + ".asc");
            require(
                    Files.isRegularFile(signature) && isAccepted(signature, file),
                    name + " has no signature that is accepted");
        }
    }

    private static boolean isAccepted(Path signature, Path file) throws Exception {
        Process gpg =
                new ProcessBuilder(
                                "gpg", "--batch", "--verify", signature.toString(), file.toString())
                        .redirectErrorStream(true)
                        .start();
        try (InputStream output = gpg.getInputStream()) {
            output.readAllBytes();
        }
        return gpg.waitFor(1, TimeUnit.MINUTES) && gpg.exitValue() == 0;
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String inherited(Element pom, String path) {
        Element at = pom;
        while (at != null) {
            String found = text(at, path);
            if (!found.isEmpty()) {
                return found;
            }
            at = poms.get(text(at, "parent/artifactId"));
        }
        return "";
    }

    private String managedScope(Element pom, String artifact) {
        Element at = pom;
        while (at != null) {
            for (Element managed : all(at, "dependencyManagement/dependencies/dependency")) {
                if (text(managed, "artifactId").equals(artifact)) {
                    return text(managed, "scope");
                }
            }
            at = poms.get(text(at, "parent/artifactId"));
        }
        return "";
    }

    private static String text(Element from, String path) {
        List<Element> found = all(from, path);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> all(Element from, String path) {
        List<Element> found = List.of(from);
        for (String name : path.split("/")) {
            List<Element> next = new ArrayList<>();
            for (Element element : found) {
                Node child = element.getFirstChild();
                while (child != null) {
                    if (child instanceof Element inner && inner.getTagName().equals(name)) {
                        next.add(inner);
                    }
                    child = child.getNextSibling();
                }
            }
            found = next;
        }
        return found;
    }
}
