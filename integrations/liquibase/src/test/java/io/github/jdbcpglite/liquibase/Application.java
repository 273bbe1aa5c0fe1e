package io.github.jdbcpglite.liquibase;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;

/** What an application does when it starts: it brings its database up to date. */
public final class Application implements Callable<String> {
    private final String url;

    /** Makes the application of a URL. */
    public Application(String url) {
        this.url = url;
    }

    /**
     * Starts an application whose Liquibase shares nothing with another's, as in a server that runs
     * several: Liquibase keeps locks and more in static fields. The driver they do share.
     */
    static String startAlone(String url) throws Exception {
        try (Loader loader = new Loader()) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> application = loader.loadClass(Application.class.getName());
            Object made = application.getConstructor(String.class).newInstance(url);
            return String.valueOf(((Callable<?>) made).call());
        }
    }

    @Override
    public String call() throws Exception {
        return Scope.child(
                Map.of("liquibase.changelogLockPollRate", 1L),
                () -> {
                    ResourceAccessor resources = new ClassLoaderResourceAccessor();
                    // Closing Liquibase closes its database.
                    Database database =
                            DatabaseFactory.getInstance()
                                    .openDatabase(url, null, null, null, resources);
                    try (Liquibase liquibase =
                            new Liquibase("changelogs/root.xml", resources, database)) {
                        liquibase.update(new Contexts());
                        return "updated";
                    }
                });
    }

    /** Has Liquibase and this module for itself, and the rest from the class path. */
    private static final class Loader extends URLClassLoader {
        Loader() {
            super(
                    Stream.of(Liquibase.class, PGliteDatabase.class, Application.class)
                            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                            .toArray(URL[]::new),
                    Application.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("liquibase.")
                    && !name.startsWith(Application.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        /** The parent has the same again, and Liquibase wants every changelog to be there once. */
        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            Enumeration<URL> own = findResources(name);
            return own.hasMoreElements() ? own : super.getResources(name);
        }
    }
}
