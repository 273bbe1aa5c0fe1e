package io.github.jdbcpglite.examples.jpa;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entities and a repository; Hibernate creates the tables. */
@SpringBootApplication
public class JpaApplication {}
