package io.patchbay.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.annotation.WebServlet;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What answers in a WAR beside its JAX-RS resources. */
public final class Endpoints {
  private Endpoints() {}

  /**
   * Paths of WebSockets and servlets, below the context root. Left out are servlets of our own that
   * are forwarded to, whose paths begin with two underscores.
   *
   * @param application its package is searched with all below it
   */
  public static SortedSet<String> paths(Class<?> application) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(application.getPackageName())
            .stream()
            .flatMap(Endpoints::paths)
            .filter(path -> !path.startsWith("/__"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> paths(JavaClass found) {
    if (found.isAnnotatedWith(ServerEndpoint.class)) {
      return Stream.of(found.getAnnotationOfType(ServerEndpoint.class).value());
    }
    return found.isAnnotatedWith(WebServlet.class)
        ? Arrays.stream(found.getAnnotationOfType(WebServlet.class).urlPatterns())
        : Stream.empty();
  }
}
