package io.github.jdbcpglite.build.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ControlFileTest {
    @Test
    void readsVersionAndNeeds() {
        String text =
                """
                # requires = 'nothing'
                comment = 'it = what, it''s'
                default_version = '1.2'  # the newest
                module_pathname = '$libdir/x'
                requires = 'cube, plpgsql'
                relocatable = true
                """;
        assertThat(ControlFile.parse("x", text))
                .isEqualTo(new ControlFile("x", "1.2", List.of("cube", "plpgsql")));
    }

    @Test
    void quotesAndEqualsSignsMayBeAbsent() {
        assertThat(ControlFile.parse("x", "default_version 3\nrequires = postgis\n"))
                .isEqualTo(new ControlFile("x", "3", List.of("postgis")));
    }

    @Test
    void oneWithoutAVersionIsNamed() {
        assertThatThrownBy(() -> ControlFile.parse("broken", "comment = 'x'\n"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("broken");
    }
}
