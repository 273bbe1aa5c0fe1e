package io.github.jdbcpglite.examples.flyway;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Migrates when it starts. */
@SpringBootApplication
public class FlywayApplication {}
