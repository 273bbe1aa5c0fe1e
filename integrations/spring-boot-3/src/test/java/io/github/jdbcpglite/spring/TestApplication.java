package io.github.jdbcpglite.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The least of an application. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestApplication {}
