package io.github.jdbcpglite.examples.jooq;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Queries without generated code. */
@SpringBootApplication
public class JooqApplication {}
