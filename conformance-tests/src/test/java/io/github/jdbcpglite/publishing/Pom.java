package io.github.jdbcpglite.publishing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A POM of this project, as its file has it. */
record Pom(Path file, Element project) {
    /** Returns the POMs of all modules, whether a build of everything has them or not. */
    static List<Pom> all() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."), 4)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().matches(".*/(target|src|\\.ci)/.*"))
                    .sorted()
                    .map(Pom::read)
                    .toList();
        }
    }

    static Pom read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setAttribute("http://javax.xml.XMLConstants/property/accessExternalDTD", "");
            return new Pom(
                    file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** Returns the text at a path of element names, or the empty string. */
    String text(String... path) {
        List<Element> found = elements(path);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    /** Returns the elements at a path of element names. */
    List<Element> elements(String... path) {
        List<Element> found = List.of(project);
        for (String name : path) {
            found = found.stream().flatMap(element -> children(element, name).stream()).toList();
        }
        return found;
    }

    String artifactId() {
        return text("artifactId");
    }

    /** Returns whether nobody outside of this build uses it. */
    boolean isInternal() {
        return text("properties", "maven.deploy.skip").equals("true");
    }

    /** Returns whether it makes a jar. */
    boolean isJar() {
        return text("packaging").isEmpty() || text("packaging").equals("jar");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        Node child = parent.getFirstChild();
        while (child != null) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
            child = child.getNextSibling();
        }
        return children;
    }
}
