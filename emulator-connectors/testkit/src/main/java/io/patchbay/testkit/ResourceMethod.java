package io.patchbay.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method of a JAX-RS resource.
 *
 * @param method such as {@code GET}
 * @param path with the application's own path, below the context root
 */
public record ResourceMethod(String method, String path) {
  /**
   * All methods of an application's resources.
   *
   * @param application its package is searched with all below it
   */
  public static List<ResourceMethod> of(Class<?> application) {
    String base = application.getAnnotation(ApplicationPath.class).value();
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(application.getPackageName())
            .stream()
            .filter(found -> found.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
            .flatMap(method -> of(base, method))
            .toList();
  }

  /**
   * The same, as {@code GET /path} each.
   *
   * @param full makes a path below the context root one from the server's root
   */
  public static SortedSet<String> keys(Class<?> application, UnaryOperator<String> full) {
    return of(application).stream()
        .map(found -> found.method() + " " + full.apply(found.path()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<ResourceMethod> of(String base, Method method) {
    String path = part(base) + part(pathOf(method.getDeclaringClass())) + part(pathOf(method));
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .flatMap(Stream::ofNullable)
        .map(verb -> new ResourceMethod(verb.value(), path));
  }

  private static String pathOf(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(Path.class)).map(Path::value).orElse("");
  }

  private static String part(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : "/" + bare;
  }
}
