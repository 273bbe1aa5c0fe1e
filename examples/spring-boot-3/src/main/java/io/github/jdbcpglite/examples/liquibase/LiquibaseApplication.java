package io.github.jdbcpglite.examples.liquibase;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Changes the schema when it starts. */
@SpringBootApplication
public class LiquibaseApplication {}
