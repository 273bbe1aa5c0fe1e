package io.github.jdbcpglite.testing;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Optional;
import javax.sql.DataSource;

/** A filler that is made of its class when it is needed. */
final class FillerOfClass implements DatabaseFiller {
    private final Class<? extends DatabaseFiller> type;

    FillerOfClass(Class<? extends DatabaseFiller> type) {
        this.type = type;
    }

    @Override
    public void fill(DataSource dataSource) throws Exception {
        instance().fill(dataSource);
    }

    /** Adds to a key what decides what the filler does; nothing if it cannot be known. */
    Optional<String> key(ContentKey key) throws IOException {
        Optional<String> own;
        try {
            own = instance().contentKey();
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // filling will say why
        }
        if (own.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(key.add(type.getName()).add(own.get()).addClassPath(true).text());
    }

    private DatabaseFiller instance() throws ReflectiveOperationException {
        Constructor<? extends DatabaseFiller> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true); // such classes are often nested in the test's, and hidden
        return constructor.newInstance();
    }
}
