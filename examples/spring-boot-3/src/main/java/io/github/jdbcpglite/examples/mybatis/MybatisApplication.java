package io.github.jdbcpglite.examples.mybatis;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A mapper. */
@SpringBootApplication
public class MybatisApplication {}
