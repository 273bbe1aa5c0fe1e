package io.github.jdbcpglite.build.initdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellCommandTest {
    private static List<String> words(String line) {
        return ShellCommand.parse(line).words();
    }

    @Test
    void splitsAtBlanksOutsideQuotes() {
        assertThat(words("\"/bin/a b\" -c 'x y'")).containsExactly("/bin/a b", "-c", "x y");
        assertThat(words("a  \t b\n")).containsExactly("a", "b");
        assertThat(words("a \"\" b")).containsExactly("a", "", "b");
        assertThat(words("pre\"fix ed\"'!'")).containsExactly("prefix ed!");
    }

    @Test
    void knowsEscapesInDoubleQuotesOnly() {
        assertThat(words("\"a\\\"b\"")).containsExactly("a\"b");
        assertThat(words("'a\\b'")).containsExactly("a\\b");
    }

    @Test
    void endsAtRedirections() {
        assertThat(words("p --check < \"/dev/null\" > \"/dev/null\" 2>&1"))
                .containsExactly("p", "--check");
        assertThat(words("p -V 2>/dev/null")).containsExactly("p", "-V");
        assertThat(words("p \"2\" >x")).containsExactly("p", "2");
        assertThat(words("p|q")).containsExactly("p");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> words("p 'x")).isInstanceOf(IllegalArgumentException.class);
    }
}
