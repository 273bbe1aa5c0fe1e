package io.github.jdbcpglite.examples.jdbc;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Plain SQL. */
@SpringBootApplication
public class JdbcApplication {}
