package io.patchbay.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * Modules of a Linux kernel with those that they depend on. A package that was only unpacked has no
 * {@code modules.dep}, so each module is asked itself: its {@code .modinfo} section names them.
 */
final class GuestModules {
  private static final String PLAIN = ".ko";
  private static final String COMPRESSED = ".ko.xz";

  /** How modinfo begins the entry; entries end with a zero byte. */
  private static final byte[] DEPENDS = "\0depends=".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, List<String>> dependencies = new LinkedHashMap<>();

  /**
   * @param directory of one kernel's modules
   * @param wanted names of modules; those that the kernel has built in or lacks are left out
   */
  GuestModules(Path directory, Collection<String> wanted) throws IOException {
    Map<String, Path> files = files(directory);
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      String name = canonical(open.removeFirst());
      if (files.containsKey(name) && !contents.containsKey(name)) {
        byte[] content = read(files.get(name));
        List<String> needs = needs(content);
        contents.put(name, content);
        dependencies.put(name, needs);
        open.addAll(needs);
      }
    }
  }

  private static Map<String, Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(
              file -> file.toString().endsWith(PLAIN) || file.toString().endsWith(COMPRESSED))
          .collect(
              Collectors.toMap(
                  file -> canonical(file.getFileName().toString().replaceAll("\\.ko(\\.xz)?$", "")),
                  file -> file,
                  (first, second) -> first,
                  TreeMap::new));
    }
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return file.toString().endsWith(COMPRESSED)
          ? new XZInputStream(in).readAllBytes()
          : in.readAllBytes();
    }
  }

  private static List<String> needs(byte[] module) {
    for (int at = 0; at + DEPENDS.length < module.length; at++) {
      int start = at + DEPENDS.length;
      if (Arrays.equals(module, at, start, DEPENDS, 0, DEPENDS.length)) {
        int end = start;
        while (module[end] != 0) {
          end++;
        }
        String names = new String(module, start, end - start, StandardCharsets.US_ASCII);
        return Stream.of(names.split(",")).filter(name -> !name.isEmpty()).toList();
      }
    }
    return List.of();
  }

  /** The modules, not compressed, by their names. */
  Map<String, byte[]> contents() {
    return contents;
  }

  /** The file {@code modules.dep} for {@code modprobe}: each module with all that it needs. */
  String dependencyFile() {
    return contents.keySet().stream()
        .map(
            name ->
                name
                    + PLAIN
                    + ":"
                    + closure(name).stream()
                        .map(needed -> " " + needed + PLAIN)
                        .collect(Collectors.joining())
                    + "\n")
        .collect(Collectors.joining());
  }

  /** What a module needs, what that needs and so on; the first is to be loaded last. */
  private List<String> closure(String name) {
    Deque<String> found = new ArrayDeque<>();
    collect(name, found);
    found.removeFirstOccurrence(name);
    return List.copyOf(found);
  }

  private void collect(String name, Deque<String> found) {
    if (dependencies.containsKey(name)) {
      // What several need goes behind the last of them.
      found.removeFirstOccurrence(name);
      found.addLast(name);
      dependencies.get(name).forEach(needed -> collect(canonical(needed), found));
    }
  }
}
